package io.ottla.protocol.reference;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;

/** Kafka's own reading and writing, of one release, on objects of its own classes. */
final class ReferenceCodec {
  private final Constructor<?> newUuid;
  private final Method readableRecords;
  private final Constructor<?> newRawTaggedField;
  private final Constructor<?> newAccessor;
  private final Constructor<?> newCache;
  private final Method size;
  private final Method write;
  private final Method read;
  private final Method unknownTaggedFields;

  ReferenceCodec(ReferenceJar jar) {
    Class<?> message = jar.load("common.protocol.Message");
    Class<?> cache = jar.load("common.protocol.ObjectSerializationCache");
    Class<?> records =
        jar.loadAny("common.record.internal.MemoryRecords", "common.record.MemoryRecords");
    try {
      newUuid = jar.load("common.Uuid").getConstructor(long.class, long.class);
      readableRecords = records.getMethod("readableRecords", ByteBuffer.class);
      newRawTaggedField =
          jar.load("common.protocol.types.RawTaggedField").getConstructor(int.class, byte[].class);
      newAccessor = jar.load("common.protocol.ByteBufferAccessor").getConstructor(ByteBuffer.class);
      newCache = cache.getConstructor();
      size = message.getMethod("size", cache, short.class);
      write = message.getMethod("write", jar.load("common.protocol.Writable"), cache, short.class);
      read = message.getMethod("read", jar.load("common.protocol.Readable"), short.class);
      unknownTaggedFields = message.getMethod("unknownTaggedFields");
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("kafka-clients " + jar.release() + " is built otherwise", e);
    }
  }

  Object uuid(UUID ours) {
    return create(newUuid, ours.getMostSignificantBits(), ours.getLeastSignificantBits());
  }

  Object records(ByteBuffer ours) {
    return Reflection.callForResult(readableRecords, null, ours.slice());
  }

  @SuppressWarnings("unchecked") // the method's declared type
  void addUnknownTaggedField(Object message, int tag, byte[] data) {
    ((List<Object>) Reflection.callForResult(unknownTaggedFields, message))
        .add(create(newRawTaggedField, tag, data));
  }

  /** What Kafka's own classes write. */
  byte[] write(Object message, int version) {
    Object cache = create(newCache);
    int bytes = (int) Reflection.callForResult(size, message, cache, (short) version);
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    Reflection.call(write, message, create(newAccessor, buffer), cache, (short) version);
    if (buffer.hasRemaining()) {
      throw new IllegalStateException("Kafka wrote less than it announced: " + buffer);
    }
    return buffer.array();
  }

  /**
   * Replaces what is in {@code message} by what Kafka's own classes read.
   *
   * @return the bytes that they left
   */
  int read(Object message, byte[] bytes, int version) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    Reflection.call(read, message, create(newAccessor, buffer), (short) version);
    return buffer.remaining();
  }

  private static Object create(Constructor<?> constructor, Object... args) {
    try {
      return constructor.newInstance(args);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
