package io.ottla.protocol.reference;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.UUID;

/** Values of the primitive types that are likely to find what is wrong: edges before the middle. */
final class RandomValues {
  /** Around the lengths at which a compact length takes one byte more, and the longest string. */
  private static final int[] EDGE_LENGTHS = {126, 127, 128, 300, 16_382, 16_383, 32_767};

  private static final String[] ALPHABETS = {
    "abcdefghijklmnopqrstuvwxyz.-_0123456789",
    "a\u0080\u00E9\u07FF",
    "a\u0800\u20AC\u4E2D\uFFFD",
    "a\u0000\u00E9\u20AC\uD83D\uDE00\uDBFF\uDFFF"
  };

  private static final int[] INTS = {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE};
  private static final long[] LONGS = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE};
  private static final double[] DOUBLES = {
    0, -0.0, 1.5, Double.MIN_VALUE, -Double.MAX_VALUE, Double.POSITIVE_INFINITY
  };

  private final Random random;

  RandomValues(Random random) {
    this.random = random;
  }

  Object of(Kind kind) {
    return switch (kind) {
      case BOOL -> random.nextBoolean();
      case INT8 -> (byte) int32();
      case INT16 -> random.nextInt(4) == 0 ? edgeInt16() : (short) random.nextInt();
      case UINT16 -> random.nextInt(4) == 0 ? 0xFFFF : random.nextInt(0x1_0000);
      case INT32 -> int32();
      case UINT32 -> int32() & 0xFFFF_FFFFL;
      case INT64 -> random.nextInt(3) == 0 ? pick(LONGS) : random.nextLong();
      case FLOAT64 -> DOUBLES[random.nextInt(DOUBLES.length)];
      case STRING -> string();
      case UUID -> new UUID(random.nextLong(), random.nextLong());
      case BYTES -> bytes();
      case RECORDS -> records();
      case STRUCT -> throw new IllegalArgumentException("a struct is filled field by field");
    };
  }

  /** What a field of this kind holds when it is there but has nothing in it. */
  static Object empty(Kind kind) {
    return switch (kind) {
      case BOOL -> false;
      case INT8 -> (byte) 0;
      case INT16 -> (short) 0;
      case UINT16, INT32 -> 0;
      case UINT32, INT64 -> 0L;
      case FLOAT64 -> 0.0;
      case STRING -> "";
      case UUID -> new UUID(0, 0);
      case BYTES -> new byte[0];
      case RECORDS -> ByteBuffer.allocate(0);
      case STRUCT -> throw new IllegalArgumentException("a struct is filled field by field");
    };
  }

  byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(20) == 0 ? edgeLength() : random.nextInt(24)];
    random.nextBytes(bytes);
    return bytes;
  }

  private ByteBuffer records() {
    byte[] around = bytes();
    int from = random.nextInt(around.length + 1);
    ByteBuffer heap = ByteBuffer.wrap(around, from, around.length - from);
    return random.nextBoolean()
        ? heap
        : ByteBuffer.allocateDirect(heap.remaining()).put(heap).flip();
  }

  private String string() {
    if (random.nextInt(20) == 0) {
      return "x".repeat(edgeLength());
    }
    int[] letters = ALPHABETS[random.nextInt(ALPHABETS.length)].codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(24); i > 0; i--) {
      text.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return text.toString();
  }

  /** The longest ones seldom, for they cost the most time. */
  private int edgeLength() {
    int bound = random.nextInt(8) == 0 ? EDGE_LENGTHS.length : EDGE_LENGTHS.length - 3;
    return EDGE_LENGTHS[random.nextInt(bound)];
  }

  private int int32() {
    return random.nextInt(3) == 0 ? INTS[random.nextInt(INTS.length)] : random.nextInt();
  }

  private short edgeInt16() {
    return random.nextBoolean() ? Short.MIN_VALUE : Short.MAX_VALUE;
  }

  private long pick(long[] from) {
    return from[random.nextInt(from.length)];
  }
}
