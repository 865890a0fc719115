package io.ottla.protocol.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.MalformedMessageException;
import io.ottla.protocol.message.Message;
import io.ottla.protocol.reference.Specimens.Specimen;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Bytes that were damaged mean the same to Kafka and to us: what it refuses we refuse, what both
 * read has the same content. We refuse more than Kafka does, but only what {@link #STRICTER} says.
 */
class ReferenceReadsTest {
  private static final int SPECIMENS_PER_VERSION = 2;
  private static final int DAMAGES = 12;
  private static final int MOST_PLACES = 60;

  /** What stands for null in some type, or for a length of nothing. */
  private static final byte[][] NULLS = {{0}, {-1, -1}, {-1, -1, -1, -1}};

  /**
   * Kafka takes every negative length for null, drops the bits of a varint beyond the 32nd, and
   * believes a tagged field's content rather than its size.
   */
  private static final String STRICTER =
      "(length -\\d+ for .*|a varint of more than 32 bits .*|.*tagged field.*)";

  @TestFactory
  Stream<DynamicTest> damaged_messages_mean_the_same_to_both() {
    return damaged(Seed.fixed(), SPECIMENS_PER_VERSION);
  }

  static Stream<DynamicTest> damaged(Seed seed, int specimensPerVersion) {
    return Specimens.tests(seed, specimensPerVersion, ReferenceReadsTest::damage);
  }

  @TestFactory
  Stream<DynamicTest> nulls_are_read_where_kafka_reads_them() {
    // Where something is empty, its length becomes that of null, and what follows stays as it was.
    List<Filling> fillings = List.of(Filling.FULL, Filling.EMPTY, Filling.ONE);
    return Specimens.tests(Seed.fixed(), fillings, ReferenceReadsTest::placeNulls);
  }

  private static void damage(Specimen specimen) {
    Random random = specimen.seed().random("reads", specimen);
    for (int i = 0; i < DAMAGES && specimen.bytes().length > 0; i++) {
      byte[] bytes = specimen.bytes().clone();
      int at = random.nextInt(bytes.length);
      bytes[at] = (byte) random.nextInt();
      compare(specimen, bytes, at);
    }
  }

  /** In the highest version, the only one in which some fields may not be null, and the lowest. */
  private static void placeNulls(Specimen specimen) {
    Versions versions = specimen.versions();
    if (specimen.version() != versions.lowest() && specimen.version() != versions.highest()) {
      return;
    }
    int places = specimen.bytes().length;
    int step = Math.max(1, places / MOST_PLACES);
    for (int at = 0; at < places; at += step) {
      for (byte[] nothing : NULLS) {
        byte[] bytes = specimen.bytes().clone();
        System.arraycopy(nothing, 0, bytes, at, Math.min(nothing.length, places - at));
        compare(specimen, bytes, at);
      }
    }
  }

  private static void compare(Specimen specimen, byte[] bytes, int at) {
    ReferenceCodec codec = specimen.jar().codec();
    int version = specimen.version();
    Message ours = specimen.newMessage();
    Object theirs = specimen.root().newTheirs();
    int weLeft = -1;
    @Nullable String weRefused = null;
    try {
      weLeft = OurCodec.read(ours, ByteBuffer.wrap(bytes), version);
    } catch (MalformedMessageException e) {
      weRefused = e.getMessage();
    } catch (OutOfMemoryError e) {
      // JUnit would end the whole run with it.
      throw new AssertionError(specimen + ", byte " + at, e);
    }
    int theyLeft = -1;
    @Nullable String theyRefused = null;
    try {
      theyLeft = codec.read(theirs, bytes, version);
    } catch (RuntimeException e) {
      theyRefused = e.toString();
    }

    if (theyRefused != null) {
      // A tag of a later version: we keep it as unknown, as every tag that we do not know.
      if (!theyRefused.contains("is not valid for version")) {
        assertThat(weRefused)
            .as("%s, byte %s: Kafka says %s", specimen, at, theyRefused)
            .isNotNull();
      }
    } else if (weRefused != null) {
      assertThat(weRefused).as("%s, byte %s: Kafka reads it", specimen, at).matches(STRICTER);
    } else {
      assertThat(weLeft).as("%s, byte %s: bytes left", specimen, at).isEqualTo(theyLeft);
      Outcome again = Outcome.of(() -> codec.write(theirs, version));
      if (!again.isRefused()) {
        assertThat(OurCodec.write(ours, version))
            .as("%s, byte %s", specimen, at)
            .isEqualTo(again.bytes());
      }
    }
  }
}
