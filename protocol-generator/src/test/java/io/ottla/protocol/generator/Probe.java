package io.ottla.protocol.generator;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A generated message in the hands of a test. Bytes are hexadecimal; blanks in them do not count.
 */
public final class Probe {
  private final Compiled compiled;
  private final Object message;

  Probe(Compiled compiled, Object message) {
    this.compiled = compiled;
    this.message = message;
  }

  public Object message() {
    return message;
  }

  public Probe set(String field, @Nullable Object value) {
    Reflect.call(message.getClass(), message, field, value);
    return this;
  }

  public @Nullable Object get(String field) {
    return Reflect.call(message.getClass(), message, field);
  }

  public @Nullable Object call(String method, @Nullable Object... arguments) {
    return Reflect.call(message.getClass(), message, method, arguments);
  }

  public int size(int version) {
    return (Integer) java.util.Objects.requireNonNull(call("size", version));
  }

  /** What is written, of which {@code size} must have known the length. */
  public String write(int version) {
    Class<?> writers = compiled.foundation("WireWriter");
    Object writer = Reflect.call(writers, null, "ofSize", 0);
    call("write", writer, version);
    ByteBuffer bytes = (ByteBuffer) Reflect.call(writers, writer, "toByteBuffer");
    byte[] copy = new byte[java.util.Objects.requireNonNull(bytes).remaining()];
    bytes.get(copy);
    if (copy.length != size(version)) {
      throw new AssertionError("size " + size(version) + ", but wrote " + copy.length);
    }
    return HexFormat.of().formatHex(copy);
  }

  /** Reads a message of the same class; all bytes must be used. */
  public Probe read(int version, String hex) {
    Probe read = new Probe(compiled, Reflect.create(message.getClass()));
    read.readInto(version, hex);
    return read;
  }

  /** Reads into this message. */
  public void readInto(int version, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    Class<?> readers = compiled.foundation("WireReader");
    Object reader = Reflect.call(readers, null, "of", ByteBuffer.wrap(bytes));
    call("read", reader, version);
    Object left = Reflect.call(readers, reader, "remaining");
    if (!Integer.valueOf(0).equals(left)) {
      throw new AssertionError(left + " bytes were not read");
    }
  }

  /** Adds a tagged field that the message does not know. */
  @SuppressWarnings("unchecked")
  public Probe addUnknown(int tag, String hex) {
    try {
      Object field =
          compiled
              .foundation("RawTaggedField")
              .getConstructor(int.class, byte[].class)
              .newInstance(tag, HexFormat.of().parseHex(hex));
      ((List<Object>) java.util.Objects.requireNonNull(get("unknownTaggedFields"))).add(field);
      return this;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return message.toString();
  }
}
