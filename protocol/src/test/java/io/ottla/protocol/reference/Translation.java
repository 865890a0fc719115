package io.ottla.protocol.reference;

import io.ottla.protocol.RawTaggedField;
import io.ottla.protocol.message.Message;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Our message as Kafka's object, field by field and by name, through accessors on one side and
 * setters on the other: two fields of one type that were swapped on the wire cannot hide.
 */
final class Translation {
  private final ReferenceCodec codec;

  Translation(ReferenceCodec codec) {
    this.codec = codec;
  }

  Object toTheirs(BoundStruct struct, Message ours) {
    Object theirs = struct.newTheirs();
    for (BoundField field : struct.fields()) {
      field.setTheirs(theirs, toTheirs(field, field.ofOurs(ours)));
    }
    for (RawTaggedField unknown : ours.unknownTaggedFields()) {
      codec.addUnknownTaggedField(theirs, unknown.tag(), unknown.data());
    }
    return theirs;
  }

  /** Our value of one field as Kafka's setter of the same field wants it. */
  @Nullable Object toTheirs(BoundField field, @Nullable Object ours) {
    if (ours == null) {
      return null;
    }
    if (!field.definition().isArray()) {
      return element(field, ours);
    }
    Collection<Object> theirs = emptyCollection(field.theirType());
    for (Object element : (List<?>) ours) {
      theirs.add(element(field, element));
    }
    return theirs;
  }

  private Object element(BoundField field, Object ours) {
    return switch (field.definition().kind()) {
      case STRUCT -> toTheirs(field.requireStruct(), (Message) ours);
      case UUID -> codec.uuid((UUID) ours);
      case RECORDS -> codec.records((ByteBuffer) ours);
      case BYTES -> field.theirType() == ByteBuffer.class ? ByteBuffer.wrap((byte[]) ours) : ours;
      default -> ours;
    };
  }

  @SuppressWarnings("unchecked") // Kafka's collections hold what their field's definition says
  private static Collection<Object> emptyCollection(Class<?> type) {
    return type.isInterface() ? new ArrayList<>() : (Collection<Object>) Reflection.create(type);
  }

  /** Fields whose value in ours, translated, is not that in theirs. */
  List<String> differences(BoundStruct struct, Message ours, Object theirs) {
    List<String> differences = new ArrayList<>();
    for (BoundField field : struct.fields()) {
      Object translated = toTheirs(field, field.ofOurs(ours));
      Object actual = field.ofTheirs(theirs);
      if (!Objects.deepEquals(translated, actual)) {
        differences.add(field.name() + " is " + text(translated) + ", theirs " + text(actual));
      }
    }
    return differences;
  }

  private static String text(@Nullable Object value) {
    return value instanceof byte[] bytes ? Arrays.toString(bytes) : Objects.toString(value);
  }
}
