package io.ottla.protocol.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.protocol.RawTaggedField;
import io.ottla.protocol.UnsupportedFieldException;
import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.Message;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What a version cannot carry: where Kafka drops it silently so do we, where Kafka refuses we
 * refuse. One field at a time, at every depth, in every version.
 */
class ReferenceRefusalsTest {
  private final Seed seed = Seed.fixed();

  @TestFactory
  Stream<DynamicTest> fields_of_other_versions_are_dropped_or_refused_as_by_kafka() {
    return everywhere(this::checkFieldsOfOtherVersions);
  }

  @TestFactory
  Stream<DynamicTest> nulls_that_the_version_forbids_are_refused() {
    return everywhere(this::checkForbiddenNulls);
  }

  @TestFactory
  Stream<DynamicTest> unknown_tagged_fields_are_refused_where_there_are_no_tags() {
    return everywhere(this::checkUnknownTags);
  }

  /** Kafka reads no string beyond 32,767 bytes, in whatever form its length is written. */
  @TestFactory
  Stream<DynamicTest> strings_that_kafka_never_takes_are_refused() {
    return everywhere(this::checkLongStrings);
  }

  private void checkFieldsOfOtherVersions(Subject subject, int version) {
    for (Place place : Place.all(subject.root, version)) {
      FieldDefinition field = place.field().definition();
      if (place.field().isIn(version) || field.versions().isEmpty()) {
        continue;
      }
      Random random = seed.random(subject.jar, subject.name, version, place);
      int itsVersion = field.versions().nearest(version);
      MessageFiller filler = new MessageFiller(random, itsVersion, false);
      subject.compare(place, version, filler.nonDefault(place.struct(), place.field()));
      if (!field.nullable().isEmpty()) {
        subject.compare(place, version, null);
      }
    }
  }

  private void checkForbiddenNulls(Subject subject, int version) {
    for (Place place : Place.all(subject.root, version)) {
      FieldDefinition field = place.field().definition();
      if (place.field().isIn(version) && field.isReference() && !field.isNullable(version)) {
        Message full = subject.full(version);
        Object theirs = subject.translation.toTheirs(subject.root, full);
        place.setTheirs(theirs, null);

        assertThat(Outcome.of(() -> subject.jar.codec().write(theirs, version)).isRefused())
            .as("kafka-clients %s refuses null for %s %s %s", subject.jar, subject, version, place)
            .isTrue();
        assertThat(isNullRefused(full, place, version))
            .as("we refuse null for %s %s %s", subject, version, place)
            .isTrue();
      }
    }
  }

  /** By the setter, if no version of the field may be null, else before anything is written. */
  private static boolean isNullRefused(Message message, Place place, int version) {
    try {
      place.set(message, null);
    } catch (NullPointerException e) {
      return true;
    }
    return ours(message, version).refusal() instanceof UnsupportedFieldException;
  }

  private void checkLongStrings(Subject subject, int version) {
    String tooLong = "x".repeat(Short.MAX_VALUE + 1);
    for (Place place : Place.all(subject.root, version)) {
      FieldDefinition field = place.field().definition();
      if (place.field().isIn(version) && field.kind() == Kind.STRING) {
        Message full = subject.full(version);
        place.set(full, field.isArray() ? List.of(tooLong) : tooLong);

        assertThat(subject.theirs(full, version).isRefused()).isTrue();
        assertThatThrownBy(() -> OurCodec.write(full, version))
            .as("%s %s with 32768 bytes in %s", subject, version, place)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("32767");
      }
    }
  }

  private void checkUnknownTags(Subject subject, int version) {
    Message ours = subject.root.newOurs();
    Versions flexible = subject.definition.flexible();
    RawTaggedField unknown = new RawTaggedField(100, new byte[] {1});
    if (flexible.isEmpty()) {
      assertThatThrownBy(() -> ours.unknownTaggedFields().add(unknown))
          .isInstanceOf(UnsupportedOperationException.class);
    } else if (!flexible.contains(version) && !ours(ours, version).isRefused()) {
      ours.unknownTaggedFields().add(unknown);

      assertThat(subject.theirs(ours, version).isRefused()).isTrue();
      assertThat(ours(ours, version).refusal()).isInstanceOf(UnsupportedFieldException.class);
    }
  }

  private Stream<DynamicTest> everywhere(BiConsumer<Subject, Integer> check) {
    return ReferenceJar.BOTH.stream()
        .flatMap(
            jar ->
                ClientApis.andHeaders(jar).entrySet().stream()
                    .map(
                        entry ->
                            DynamicTest.dynamicTest(
                                entry.getKey() + " with " + jar,
                                () -> {
                                  Subject subject = Subject.of(jar, entry.getKey(), seed);
                                  for (int version : entry.getValue().stream().toArray()) {
                                    check.accept(subject, version);
                                  }
                                })));
  }

  /** What becomes of our message; its size is refused exactly if writing is. */
  private static Outcome ours(Message message, int version) {
    Outcome size =
        Outcome.of(
            () -> {
              message.size(version);
              return new byte[0];
            });
    Outcome written =
        Outcome.of(
            () -> {
              WireWriter out = WireWriter.ofSize(64);
              message.write(out, version);
              return OurCodec.bytes(out);
            });
    assertThat(size.isRefused())
        .as("size is refused (%s) as writing is (%s)", size, written)
        .isEqualTo(written.isRefused());
    return written;
  }

  /** One message of one release. */
  private record Subject(
      ReferenceJar jar,
      String name,
      Definition definition,
      BoundStruct root,
      Translation translation,
      Seed seed) {

    private static Subject of(ReferenceJar jar, String name, Seed seed) {
      Definition definition = ClientApis.definition(jar, name);
      BoundStruct root = BoundStruct.of(jar, definition);
      return new Subject(jar, name, definition, root, new Translation(jar.codec()), seed);
    }

    /** Sets one field of a full message; fails unless Kafka and we do the same with it. */
    private void compare(Place place, int version, @Nullable Object value) {
      Message message = full(version);
      place.set(message, value);

      Outcome ours = ours(message, version);
      Outcome theirs = theirs(message, version);

      assertThat(ours.agreesWith(theirs))
          .as(
              "%s %s with %s = %s, %s: ours %s, kafka-clients %s %s",
              name, version, place, value, seed, ours, jar, theirs)
          .isTrue();
      if (ours.refusal() != null) {
        assertThat(ours.refusal())
            .isInstanceOf(UnsupportedFieldException.class)
            .hasMessageContaining(place.field().name());
      }
    }

    private Message full(int version) {
      boolean isFlexible = definition.flexible().contains(version);
      return new MessageFiller(seed.random(jar, name, version), version, isFlexible)
          .fill(root, Filling.FULL);
    }

    private Outcome theirs(Message ours, int version) {
      return Outcome.of(() -> jar.codec().write(translation.toTheirs(root, ours), version));
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
