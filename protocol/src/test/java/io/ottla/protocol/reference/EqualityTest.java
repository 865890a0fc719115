package io.ottla.protocol.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.RawTaggedField;
import io.ottla.protocol.message.Message;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Messages are equal only if all their fields are, at every depth and unknown ones included. */
class EqualityTest {
  private final Seed seed = Seed.fixed();

  @TestFactory
  Stream<DynamicTest> one_other_field_makes_another_message() {
    return ReferenceJar.BOTH.stream()
        .flatMap(
            jar ->
                ClientApis.andHeaders(jar).entrySet().stream()
                    .map(
                        entry ->
                            DynamicTest.dynamicTest(
                                entry.getKey() + " of " + jar,
                                () -> changeFields(jar, entry.getKey(), entry.getValue()))));
  }

  private void changeFields(ReferenceJar jar, String name, Versions versions) {
    Definition definition = ClientApis.definition(jar, name);
    BoundStruct root = BoundStruct.of(jar, definition);
    for (int version : versions.stream().toArray()) {
      Message full = full(root, jar, name, version);
      assertThat(full).isEqualTo(full(root, jar, name, version)).isNotEqualTo(null);
      for (Place place : Place.all(root, version)) {
        if (place.field().isIn(version)) {
          Message other = full(root, jar, name, version);
          // A full message has the default nowhere.
          place.set(other, place.field().ofOurs(place.struct().freshOurs()));
          assertThat(full.equals(other)).as("equal without %s", place).isFalse();
          assertThat(other.equals(full)).as("equal without %s", place).isFalse();
        }
      }
      if (!definition.flexible().isEmpty()) {
        Message other = full(root, jar, name, version);
        other.unknownTaggedFields().add(new RawTaggedField(99, new byte[0]));
        assertThat(full).isNotEqualTo(other);
      }
    }
  }

  private Message full(BoundStruct root, ReferenceJar jar, String name, int version) {
    Random random = seed.random("equality", jar, name, version);
    return new MessageFiller(random, version, false).fill(root, Filling.FULL);
  }
}
