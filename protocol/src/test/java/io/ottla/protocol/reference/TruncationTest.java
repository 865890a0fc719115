package io.ottla.protocol.reference;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.protocol.MalformedMessageException;
import io.ottla.protocol.reference.Specimens.Specimen;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A message of which the end is missing is never taken for a whole one: no type of the protocol can
 * be read to its end from fewer bytes than it was written in.
 */
class TruncationTest {
  private static final int SPECIMENS_PER_VERSION = 6;

  /** Of these, every length is tried, up to a bound; of the others a sample. */
  private static final int FULLY_TRIED = 2;

  private static final int MOST_LENGTHS = 600;
  private static final int SAMPLED_LENGTHS = 24;

  @TestFactory
  Stream<DynamicTest> any_missing_byte_is_noticed() {
    return truncated(Seed.fixed(), SPECIMENS_PER_VERSION);
  }

  static Stream<DynamicTest> truncated(Seed seed, int specimensPerVersion) {
    return Specimens.tests(seed, specimensPerVersion, TruncationTest::truncate);
  }

  private static void truncate(Specimen specimen) {
    lengths(specimen).forEach(length -> truncate(specimen, length));
  }

  private static void truncate(Specimen specimen, int length) {
    ByteBuffer bytes = ByteBuffer.wrap(specimen.bytes(), 0, length);
    assertThatThrownBy(() -> OurCodec.read(specimen.newMessage(), bytes, specimen.version()))
        .as("%s: %s of %s bytes", specimen, length, specimen.bytes().length)
        .isInstanceOf(MalformedMessageException.class);
  }

  private static IntStream lengths(Specimen specimen) {
    int all = specimen.bytes().length;
    boolean every = specimen.index() < FULLY_TRIED;
    if (every && all <= MOST_LENGTHS) {
      return IntStream.range(0, all);
    }
    Random random = specimen.seed().random("truncation", specimen);
    int samples = every ? MOST_LENGTHS : Math.min(all, SAMPLED_LENGTHS);
    return all == 0
        ? IntStream.empty()
        : IntStream.concat(random.ints(samples, 0, all), IntStream.of(all - 1));
  }
}
