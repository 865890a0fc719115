package io.ottla.serde;

import io.ottla.protocol.record.Header;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The plainest {@link SerializedBytes}. */
final class WrittenBytes implements SerializedBytes {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final List<Header> headers = new ArrayList<>();
  private boolean isNull;

  static <T> byte @Nullable [] of(Serializer<T> serializer, T value) {
    WrittenBytes to = new WrittenBytes();
    serializer.serialize(value, to);
    return to.isNull ? null : to.written.toByteArray();
  }

  byte[] bytes() {
    return written.toByteArray();
  }

  @Override
  public String topic() {
    return "orders";
  }

  @Override
  public List<Header> headers() {
    return List.copyOf(headers);
  }

  @Override
  public void addHeader(String key, byte @Nullable [] value) {
    headers.add(new Header(key, value));
  }

  @Override
  public void write(int oneByte) {
    written.write(oneByte);
  }

  @Override
  public void write(byte[] bytes) {
    written.writeBytes(bytes);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    written.write(bytes, offset, length);
  }

  @Override
  public void write(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    write(copy);
  }

  @Override
  public void writeShort(int value) {
    write(ByteBuffer.allocate(Short.BYTES).putShort((short) value).array());
  }

  @Override
  public void writeInt(int value) {
    write(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  @Override
  public void writeLong(long value) {
    write(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  @Override
  public void writeUtf8(String text) {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void writeNull() {
    written.reset();
    isNull = true;
  }

  @Override
  public OutputStream stream() {
    return written;
  }
}
