package io.ottla.protocol.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ottla.protocol.MalformedMessageException;
import io.ottla.protocol.message.Message;
import io.ottla.protocol.reference.Specimens.Specimen;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Bytes that were damaged, or made to do harm, become a message or the one typed error, and take no
 * more memory than a small multiple of what they are.
 */
class CorruptionTest {
  private static final int SPECIMENS_PER_VERSION = 4;
  private static final int FLIPS = 40;
  private static final int MOST_PLACES = 100;

  /** What a length or a count looks like that lies, at whatever place one may be. */
  private static final byte[][] LIES = {
    {0x7F, -1, -1, -1},
    {-1, -1, -1, -1},
    {-1, -1, -1, -2},
    {0, 0, 0x7F, -1},
    {-1, -1, -1, -1, 0x07},
    {-1, -1, -1, -1, 0x0F},
    {-1, -1, -1, -1, -1, -1},
    {-1, 0x7F},
    {0}
  };

  /** An exception with its stack trace, and the message's own objects; measured: 6 KiB. */
  private static final long ALLOCATED_IN_ANY_CASE = 16 * 1024;

  /** A struct of a few bytes on the wire takes dozens as an object; measured: 27. */
  private static final long ALLOCATED_PER_BYTE = 64;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TestFactory
  Stream<DynamicTest> damaged_messages_are_messages_or_malformed() {
    return damaged(Seed.fixed(), SPECIMENS_PER_VERSION);
  }

  @TestFactory
  Stream<DynamicTest> lies_about_lengths_are_messages_or_malformed() {
    return Specimens.tests(Seed.fixed(), 1, this::lie);
  }

  @TestFactory
  Stream<DynamicTest> many_small_elements_take_a_small_multiple_of_their_bytes() {
    return Specimens.tests(
        Seed.fixed(),
        List.of(Filling.MANY),
        specimen -> {
          read(specimen, specimen.bytes(), "many");
        });
  }

  Stream<DynamicTest> damaged(Seed seed, int specimensPerVersion) {
    return Specimens.tests(seed, specimensPerVersion, this::damage);
  }

  private void damage(Specimen specimen) {
    Random random = specimen.seed().random("corruption", specimen);
    for (int i = 0; i < FLIPS && specimen.bytes().length > 0; i++) {
      byte[] bytes = specimen.bytes().clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
      }
      read(specimen, bytes, "flips " + i);
    }
  }

  private void lie(Specimen specimen) {
    int places = specimen.bytes().length;
    int step = Math.max(1, places / MOST_PLACES);
    for (int at = 0; at < places; at += step) {
      for (byte[] lie : LIES) {
        byte[] bytes = specimen.bytes().clone();
        System.arraycopy(lie, 0, bytes, at, Math.min(lie.length, places - at));
        read(specimen, bytes, "lie at " + at);
      }
    }
  }

  private void read(Specimen specimen, byte[] bytes, String how) {
    long allowed = ALLOCATED_IN_ANY_CASE + ALLOCATED_PER_BYTE * bytes.length;
    // What is used for the first time in this process loads classes; the second time counts.
    if (allocatedByReading(specimen, bytes, how) > allowed) {
      assertThat(allocatedByReading(specimen, bytes, how))
          .as("bytes allocated for %s bytes of %s, %s", bytes.length, specimen, how)
          .isLessThanOrEqualTo(allowed);
    }
  }

  private long allocatedByReading(Specimen specimen, byte[] bytes, String how) {
    Message message = specimen.newMessage();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    long before = threads.getCurrentThreadAllocatedBytes();
    @Nullable Throwable thrown = null;
    try {
      OurCodec.read(message, in, specimen.version());
    } catch (MalformedMessageException e) {
      // What should happen.
    } catch (Throwable e) {
      thrown = e;
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    if (thrown != null) {
      throw new AssertionError(specimen + ", " + how + ": " + thrown, thrown);
    }
    return allocated;
  }
}
