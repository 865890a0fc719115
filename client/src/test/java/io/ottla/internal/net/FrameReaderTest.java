package io.ottla.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.ottla.testkit.scenario.Scenario;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameReaderTest implements FrameReader.Sink {
  private static final int MAX_FRAME = 1 << 20;

  private final List<String> frames = new ArrayList<>();
  private final List<ByteBuffer> kept = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private boolean takesEmpty;
  private final FrameReader reader = new FrameReader(new Endpoint("h", 9), MAX_FRAME, this);
  private boolean keeps;

  @Override
  public boolean keepsNextFrame() {
    return keeps;
  }

  @Override
  public void onFrame(ByteBuffer frame) {
    frames.add(StandardCharsets.US_ASCII.decode(frame.duplicate()).toString());
    kept.add(frame);
  }

  @Override
  public void onViolation(String why) {
    violations.add(why);
  }

  @Override
  public boolean takesEmptyFrames() {
    return takesEmpty;
  }

  @Override
  public boolean takesMore() {
    return violations.isEmpty();
  }

  private void read(byte... bytes) {
    ByteBuf in = Unpooled.wrappedBuffer(bytes);
    reader.read(in);
    in.release();
  }

  private void read(ByteBuffer bytes) {
    read(bytes(bytes));
  }

  private static ByteBuffer framed(String... bodies) {
    ByteBuffer out = ByteBuffer.allocate(1 << 16);
    for (String body : bodies) {
      out.putInt(body.length()).put(body.getBytes(StandardCharsets.US_ASCII));
    }
    out.flip();
    return ByteBuffer.allocate(out.remaining()).put(out).flip();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void frames_come_out_however_the_bytes_are_cut(boolean keepsThem) {
    keeps = keepsThem;
    byte[] stream = bytes(framed("one1", "two22", "three333"));

    for (int pieceBytes = 1; pieceBytes <= stream.length; pieceBytes++) {
      frames.clear();
      for (int at = 0; at < stream.length; at += pieceBytes) {
        read(java.util.Arrays.copyOfRange(stream, at, Math.min(stream.length, at + pieceBytes)));
      }
      assertThat(frames)
          .as("pieces of %d", pieceBytes)
          .containsExactly("one1", "two22", "three333");
    }
    assertThat(violations).isEmpty();
  }

  @Test
  void a_kept_frame_does_not_lie_in_the_socket_s_buffer() {
    keeps = true;
    byte[] stream = bytes(framed("kept"));

    read(stream);
    java.util.Arrays.fill(stream, (byte) 0);

    assertThat(StandardCharsets.US_ASCII.decode(kept.get(0)).toString()).isEqualTo("kept");
  }

  @Test
  void a_length_that_lies_takes_no_more_memory_than_twice_what_came() {
    keeps = true;
    long before = allocatedBytes();

    read(ByteBuffer.allocate(4 + 10).putInt(0, MAX_FRAME));

    assertThat(allocatedBytes() - before).isLessThan(MAX_FRAME / 2);
  }

  // No length is believed.
  @ParameterizedTest
  @CsvSource({
    "-1, -1 bytes (ff ff ff ff)",
    "-2147483648, -2147483648",
    "2147483647, 2147483647",
    "1048577, 1048577",
    "0, 0 bytes (00 00 00 00)",
    "3, 3 bytes ("
  })
  @Scenario("L200")
  void an_impossible_length_ends_the_stream(int length, String said) {
    read(ByteBuffer.allocate(8).putInt(0, length));

    assertThat(violations).hasSize(1);
    assertThat(violations.get(0)).contains("h:9 announced a response of " + said, "max.frame");
    assertThat(frames).isEmpty();
  }

  @Test
  void the_largest_frame_allowed_is_read() {
    read(ByteBuffer.allocate(4 + MAX_FRAME).putInt(0, MAX_FRAME));

    assertThat(frames).hasSize(1);
    assertThat(violations).isEmpty();
  }

  // What speaks TLS or HTTP is called so.
  @Test
  @Scenario("G98")
  void tls_and_http_and_other_text_are_called_by_name() {
    assertThat(violationOf(new byte[] {0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x50}))
        .contains("h:9 speaks TLS");
    assertThat(violationOf(new byte[] {0x16, 0x03, 0x01, 0x00})).contains("h:9 speaks TLS");
    assertThat(violationOf("HTTP/1.1 400 Bad Request\r\n".getBytes(StandardCharsets.US_ASCII)))
        .contains("h:9 speaks HTTP");
    assertThat(violationOf("SSH-2.0-x".getBytes(StandardCharsets.US_ASCII)))
        .contains("\"SSH-\"", "no Kafka broker");
  }

  @Test
  void the_same_bytes_later_in_the_stream_are_a_damaged_stream() {
    read(framed("good"));
    read("HTTP/1.1".getBytes(StandardCharsets.US_ASCII));

    assertThat(violations).hasSize(1);
    assertThat(violations.get(0)).contains("damaged").doesNotContain("web server");
  }

  @Test
  void a_stream_that_ends_says_where() {
    assertThat(reader.position()).isEmpty();
    assertThat(reader.heardSomething()).isFalse();
    read((byte) 0, (byte) 0);
    assertThat(reader.position()).contains("length");
    assertThat(reader.heardSomething()).isTrue();
    read((byte) 0, (byte) 9, (byte) 1);
    assertThat(reader.position()).contains("after 1 of 9 bytes");
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static String violationOf(byte[] first) {
    FrameReaderTest fresh = new FrameReaderTest();
    fresh.read(first);
    assertThat(fresh.violations).hasSize(1);
    return fresh.violations.get(0);
  }

  private static long allocatedBytes() {
    return ((com.sun.management.ThreadMXBean)
            java.lang.management.ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }
}
