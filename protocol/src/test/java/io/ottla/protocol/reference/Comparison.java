package io.ottla.protocol.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.Message;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Compares all versions of one message with one release of kafka-clients: what each writes, how
 * long each says it is, and what each reads of what the other wrote.
 */
final class Comparison {
  private final ReferenceJar jar;
  private final String name;
  private final Seed seed;
  private final BoundStruct root;
  private final Versions flexible;
  private final Translation translation;

  Comparison(ReferenceJar jar, String name, Seed seed) {
    Definition definition = ClientApis.definition(jar, name);
    this.jar = jar;
    this.name = name;
    this.seed = seed;
    root = BoundStruct.of(jar, definition);
    flexible = definition.flexible();
    translation = new Translation(jar.codec());
  }

  /**
   * Compares systematic messages and so many random ones; fails if a field of the version, or a
   * null of one, was in none of them.
   *
   * @return how many messages were compared
   */
  int compare(int version, int randomMessages) {
    List<Filling> fillings = new ArrayList<>(Filling.systematic(root));
    for (int i = 0; i < randomMessages; i++) {
      fillings.add(Filling.RANDOM);
    }
    Coverage coverage = new Coverage(root, version);
    int compared = 0;
    for (int i = 0; i < fillings.size(); i++) {
      compared += compareOne(version, fillings.get(i), i, coverage) ? 1 : 0;
    }
    assertThat(coverage.missing())
        .as("fields of %s version %s that no message had set", name, version)
        .isEmpty();
    return compared;
  }

  private boolean compareOne(int version, Filling filling, int index, Coverage coverage) {
    Random random = seed.random(jar, name, version, index);
    try {
      MessageFiller filler = new MessageFiller(random, version, flexible.contains(version));
      Message ours = filler.fill(root, filling);
      if (filling.kind() == Filling.Kind.FRESH && !canBeWritten(ours, version)) {
        return false;
      }
      compareOne(ours, filler.fill(root, Filling.RANDOM), version, random);
      coverage.add(ours);
      return true;
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "%s version %d against kafka-clients %s, message %d (%s), %s: %s"
              .formatted(name, version, jar, index, filling.kind(), seed, e),
          e);
    }
  }

  /** A field whose default is null in a version that forbids it makes both refuse. */
  private boolean canBeWritten(Message ours, int version) {
    Outcome theirs = Outcome.of(() -> jar.codec().write(translation.toTheirs(root, ours), version));
    if (theirs.isRefused()) {
      assertThat(Outcome.of(() -> OurCodec.write(ours, version)).isRefused())
          .as("Kafka refuses the fresh message, so do we")
          .isTrue();
    }
    return !theirs.isRefused();
  }

  private void compareOne(Message ours, Message used, int version, Random random) {
    Object theirs = translation.toTheirs(root, ours);
    byte[] expected = jar.codec().write(theirs, version);

    assertThat(ours.size(version)).as("size").isEqualTo(expected.length);
    assertThat(OurCodec.write(ours, version)).as("bytes").isEqualTo(expected);
    assertThat(OurCodec.gather(ours, version)).as("bytes, gathered").isEqualTo(expected);

    // Into a message that has been used: whatever it held must go.
    int left = OurCodec.read(used, placed(expected, random), version);
    assertThat(left).as("bytes left behind").isZero();
    assertThat(Differences.first(root, ours, used)).as("what we read").isNull();
    assertThat(used).as("what we read").isEqualTo(ours).hasSameHashCodeAs(ours);

    Object readByThem = root.newTheirs();
    assertThat(jar.codec().read(readByThem, expected, version)).isZero();
    assertThat(readByThem).as("what Kafka read").isEqualTo(theirs);
    assertThat(translation.differences(root, used, readByThem))
        .as("what we read and what Kafka read")
        .isEmpty();
  }

  /** The bytes in one of the kinds of buffers that a connection may hand over. */
  private static ByteBuffer placed(byte[] bytes, Random random) {
    int before = random.nextInt(3);
    ByteBuffer buffer =
        random.nextBoolean()
            ? ByteBuffer.allocate(before + bytes.length + 2)
            : ByteBuffer.allocateDirect(before + bytes.length + 2);
    buffer.position(before).put(bytes).flip().position(before);
    return random.nextBoolean() ? buffer : buffer.asReadOnlyBuffer();
  }
}
