package io.ottla.protocol.reference;

import io.ottla.protocol.RawTaggedField;
import io.ottla.protocol.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Fills our messages with what one version of them can carry, as the definition says it.
 *
 * <p>Always: after a setter was called its accessor returns the same value, or the test fails here.
 */
final class MessageFiller {
  /** Above every tag that a definition uses, so that it can be known to nobody. */
  private static final int FIRST_UNKNOWN_TAG = 100;

  private static final int MANY_ELEMENTS = 500;
  private static final int MOST_TRIES = 1_000;

  private final Random random;
  private final RandomValues values;
  private final int version;
  private final boolean isFlexible;

  MessageFiller(Random random, int version, boolean isFlexible) {
    this.random = random;
    this.values = new RandomValues(random);
    this.version = version;
    this.isFlexible = isFlexible;
  }

  Message fill(BoundStruct struct, Filling filling) {
    return fill(struct, filling, 0);
  }

  private Message fill(BoundStruct struct, Filling filling, int depth) {
    Message ours = struct.newOurs();
    if (filling.kind() == Filling.Kind.FRESH) {
      return ours;
    }
    for (BoundField field : struct.fields()) {
      if (field.isIn(version)
          && !(filling.kind() == Filling.Kind.RANDOM && staysFresh(field, ours))) {
        set(field, ours, value(struct, field, filling, depth));
      }
    }
    if (isFlexible && wantsUnknownTags(filling)) {
      addUnknownTags(ours);
    }
    return ours;
  }

  /** Anything but the field's default, as if the version had the field. */
  Object nonDefault(BoundStruct struct, BoundField field) {
    return nonDefault(struct, field, Filling.FULL, 0);
  }

  static void set(BoundField field, Message ours, @Nullable Object value) {
    field.setOurs(ours, value);
    if (!Objects.deepEquals(field.ofOurs(ours), value)) {
      throw new AssertionError(
          field.ourSetter() + " was given " + value + ", got back " + field.ofOurs(ours));
    }
  }

  private boolean staysFresh(BoundField field, Message ours) {
    boolean mayStay = field.definition().isNullable(version) || field.ofOurs(ours) != null;
    return mayStay && random.nextInt(field.definition().tagged().contains(version) ? 2 : 8) == 0;
  }

  private @Nullable Object value(BoundStruct struct, BoundField field, Filling filling, int depth) {
    if (field.definition().isNullable(version) && wantsNull(filling, depth)) {
      return null;
    }
    return filling.kind() == Filling.Kind.FULL || filling.kind() == Filling.Kind.NULLS
        ? nonDefault(struct, field, filling, depth)
        : present(field, filling, depth);
  }

  private Object nonDefault(BoundStruct struct, BoundField field, Filling filling, int depth) {
    for (int i = 0; i < MOST_TRIES; i++) {
      Object value = present(field, filling, depth);
      if (!Objects.deepEquals(value, field.ofOurs(struct.freshOurs()))) {
        return value;
      }
    }
    throw new IllegalStateException("nothing but the default was found for " + field.name());
  }

  private Object present(BoundField field, Filling filling, int depth) {
    if (!field.definition().isArray()) {
      return element(field, filling, depth);
    }
    List<Object> elements = new ArrayList<>();
    for (int i = count(field, filling, depth); i > 0; i--) {
      elements.add(element(field, filling, depth));
    }
    return elements;
  }

  private Object element(BoundField field, Filling filling, int depth) {
    if (field.struct() != null) {
      return fill(field.struct(), filling, depth + 1);
    }
    return switch (filling.kind()) {
      case EMPTY, ONE, MANY -> RandomValues.empty(field.definition().kind());
      default -> values.of(field.definition().kind());
    };
  }

  private int count(BoundField field, Filling filling, int depth) {
    return switch (filling.kind()) {
      case FRESH, EMPTY -> 0;
      case ONE -> 1;
      case MANY -> depth == 0 ? MANY_ELEMENTS : 0;
      case FULL, NULLS -> depth < 2 ? 2 : 1;
      case RANDOM -> {
        // 127 and more elements take two bytes for their compact count.
        boolean many = random.nextInt(field.struct() == null ? 30 : 60) == 0;
        boolean isSmall = field.struct() == null || (field.struct().depth() == 1 && depth == 0);
        yield many && isSmall ? 126 + random.nextInt(4) : random.nextInt(4);
      }
    };
  }

  private boolean wantsNull(Filling filling, int depth) {
    return switch (filling.kind()) {
      case NULLS -> filling.depth() == depth;
      case RANDOM -> random.nextInt(5) == 0;
      default -> false;
    };
  }

  private boolean wantsUnknownTags(Filling filling) {
    return switch (filling.kind()) {
      case FULL -> true;
      case RANDOM -> random.nextInt(4) == 0;
      default -> false;
    };
  }

  private void addUnknownTags(Message ours) {
    TreeSet<Integer> tags = new TreeSet<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int bound = random.nextBoolean() ? 100 : Integer.MAX_VALUE - FIRST_UNKNOWN_TAG;
      tags.add(FIRST_UNKNOWN_TAG + random.nextInt(bound));
    }
    for (int tag : tags) {
      ours.unknownTaggedFields().add(new RawTaggedField(tag, values.bytes()));
    }
  }
}
