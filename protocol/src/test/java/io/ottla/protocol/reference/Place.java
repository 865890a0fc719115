package io.ottla.protocol.reference;

import io.ottla.protocol.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One field anywhere in a message.
 *
 * @param struct the struct that has it
 * @param field the field
 * @param path the fields that lead from the message to the struct
 */
record Place(BoundStruct struct, BoundField field, List<BoundField> path) {

  /** Every field of every struct that a message of this version contains. */
  static List<Place> all(BoundStruct root, int version) {
    List<Place> places = new ArrayList<>();
    collect(root, version, List.of(), places);
    return places;
  }

  private static void collect(
      BoundStruct struct, int version, List<BoundField> path, List<Place> into) {
    for (BoundField field : struct.fields()) {
      into.add(new Place(struct, field, path));
      if (field.struct() != null && field.isIn(version)) {
        List<BoundField> longer = new ArrayList<>(path);
        longer.add(field);
        collect(field.struct(), version, longer, into);
      }
    }
  }

  /** Sets the field here in a full message, in the first element of every array on the way. */
  void set(Message message, @Nullable Object value) {
    Message holder = message;
    for (BoundField step : path) {
      holder = first(step, holder);
    }
    field.setOurs(holder, value);
  }

  /** As {@link #set}, in Kafka's object. */
  void setTheirs(Object message, @Nullable Object value) {
    Object holder = message;
    for (BoundField step : path) {
      Object next = step.ofTheirs(holder);
      holder = Objects.requireNonNull(next instanceof Iterable<?> i ? i.iterator().next() : next);
    }
    field.setTheirs(holder, value);
  }

  private static Message first(BoundField field, Message holder) {
    Object value = field.ofOurs(holder);
    Object element = value instanceof List<?> list ? list.get(0) : value;
    if (element instanceof Message message) {
      return message;
    }
    throw new IllegalStateException(field.name() + " of a full message holds " + value);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    path.forEach(step -> text.append(step.name()).append('.'));
    return text.append(field.name()).toString();
  }
}
