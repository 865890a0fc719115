package io.ottla.protocol.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The record batches of one version of kafka-clients, in a class loader of their own, behind what
 * tests need of them.
 */
final class ReferenceRecords {
  private static final String COMMON = "org.apache.kafka.common.";

  private final ClassLoader loader;
  private final String records;

  private ReferenceRecords(String version, String recordsPackage) {
    this.loader = loader(version);
    this.records = COMMON + recordsPackage;
  }

  /** The present version. */
  static ReferenceRecords current() {
    return new ReferenceRecords("4.3.1", "record.internal.");
  }

  /** The last version that writes legacy message sets. */
  static ReferenceRecords legacy() {
    return new ReferenceRecords("3.9.1", "record.");
  }

  /** Writes a batch; in legacy versions, a message set. */
  ByteBuffer write(PlainBatch batch) {
    ByteBuffer target = ByteBuffer.allocate(1 << 20);
    Class<?> stream = type(COMMON + "utils.ByteBufferOutputStream");
    Object compression =
        call(callStatic(type(COMMON + "compress.Compression"), "of", name(batch.codec())), "build");
    Constructor<?> constructor = longest(type(records + "MemoryRecordsBuilder"));
    Object builder =
        create(
            constructor,
            create(constructor(stream, ByteBuffer.class), target),
            batch.magic(),
            compression,
            constant(type(COMMON + "record.TimestampType"), batch.timestampType().name()),
            batch.baseOffset(),
            batch.timestampType() == TimestampType.LOG_APPEND_TIME ? batch.maxTimestamp() : -1L,
            batch.producer().id(),
            batch.producer().epoch(),
            batch.producer().baseSequence(),
            batch.isTransactional(),
            batch.isControl(),
            batch.leaderEpoch(),
            Integer.MAX_VALUE,
            batch.deleteHorizon().orElse(-1));
    for (PlainRecord record : batch.records()) {
      append(builder, batch, record);
    }
    ByteBuffer built = (ByteBuffer) call(call(builder, "build"), "buffer");
    return ByteBuffer.allocate(built.remaining()).put(built).flip();
  }

  /** Reads batches, checking their CRCs. */
  List<PlainBatch> read(ByteBuffer bytes) {
    Object memoryRecords =
        callStatic(type(records + "MemoryRecords"), "readableRecords", bytes.duplicate());
    List<PlainBatch> batches = new ArrayList<>();
    for (Object batch : (Iterable<?>) call(memoryRecords, "batches")) {
      call(batch, "ensureValid");
      batches.add(readBatch(batch));
    }
    return batches;
  }

  private void append(Object builder, PlainBatch batch, PlainRecord record) {
    if (batch.isControl()) {
      Object simple =
          create(
              constructor(
                  type(records + "SimpleRecord"),
                  long.class,
                  byte[].class,
                  byte[].class,
                  headerArray(List.of()).getClass()),
              record.timestamp(),
              record.keyBytes(),
              record.valueBytes(),
              headerArray(record.headers()));
      call(builder, "appendUncheckedWithOffset", record.offset(), simple);
    } else {
      Object headers = headerArray(batch.magic() < 2 ? List.of() : record.headers());
      call(
          builder,
          "appendWithOffset",
          record.offset(),
          record.timestamp(),
          record.keyBytes(),
          record.valueBytes(),
          headers);
    }
  }

  private PlainBatch readBatch(Object batch) {
    List<PlainRecord> plain = new ArrayList<>();
    for (Object record : (Iterable<?>) batch) {
      plain.add(
          new PlainRecord(
              (long) call(record, "offset"),
              (long) call(record, "timestamp"),
              copy((@Nullable ByteBuffer) callNullable(record, "key")),
              copy((@Nullable ByteBuffer) callNullable(record, "value")),
              headers((Object[]) call(record, "headers"))));
    }
    return new PlainBatch(
        (byte) call(batch, "magic"),
        (long) call(batch, "baseOffset"),
        (long) call(batch, "lastOffset"),
        Codec.valueOf(((Enum<?>) call(batch, "compressionType")).name()),
        timestampType(((Enum<?>) call(batch, "timestampType")).name()),
        (long) call(batch, "maxTimestamp"),
        (int) call(batch, "partitionLeaderEpoch"),
        new PlainBatch.Producer(
            (long) call(batch, "producerId"),
            (short) call(batch, "producerEpoch"),
            (int) call(batch, "baseSequence")),
        (boolean) call(batch, "isTransactional"),
        (boolean) call(batch, "isControlBatch"),
        (OptionalLong) call(batch, "deleteHorizonMs"),
        plain);
  }

  private Object headerArray(List<Header> headers) {
    Class<?> header = type(COMMON + "header.internals.RecordHeader");
    Object array = Array.newInstance(type(COMMON + "header.Header"), headers.size());
    for (int i = 0; i < headers.size(); i++) {
      Header plain = headers.get(i);
      Array.set(
          array,
          i,
          create(constructor(header, String.class, byte[].class), plain.key(), plain.value()));
    }
    return array;
  }

  private static List<Header> headers(Object[] headers) {
    List<Header> plain = new ArrayList<>();
    for (Object header : headers) {
      plain.add(
          new Header(
              (String) call(header, "key"), (byte @Nullable []) callNullable(header, "value")));
    }
    return plain;
  }

  private static TimestampType timestampType(String name) {
    return name.equals("NO_TIMESTAMP_TYPE") ? TimestampType.NONE : TimestampType.valueOf(name);
  }

  private static @Nullable ByteBuffer copy(@Nullable ByteBuffer bytes) {
    return bytes == null
        ? null
        : ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
  }

  private static String name(Codec codec) {
    return codec.name().toLowerCase(Locale.ROOT);
  }

  private static ClassLoader loader(String version) {
    Path jar = Path.of("target", "definitions", "kafka-clients-" + version + ".jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException(
          "the build copies " + jar.toAbsolutePath() + ", but it is not there");
    }
    try {
      URL url = jar.toUri().toURL();
      return new URLClassLoader(new URL[] {url}, ReferenceRecords.class.getClassLoader());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Class<?> type(String name) {
    try {
      return Class.forName(name, true, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object constant(Class<?> type, String name) {
    for (Object constant : type.getEnumConstants()) {
      String theirs = ((Enum<?>) constant).name();
      if (theirs.equals(name) || (name.equals("NONE") && theirs.equals("NO_TIMESTAMP_TYPE"))) {
        return constant;
      }
    }
    throw new IllegalStateException(type + " has no " + name);
  }

  private static Constructor<?> longest(Class<?> type) {
    Constructor<?> longest = type.getConstructors()[0];
    for (Constructor<?> constructor : type.getConstructors()) {
      if (constructor.getParameterCount() > longest.getParameterCount()) {
        longest = constructor;
      }
    }
    return longest;
  }

  private static Constructor<?> constructor(Class<?> type, Class<?>... parameters) {
    try {
      return type.getConstructor(parameters);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object create(Constructor<?> constructor, @Nullable Object... arguments) {
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object callStatic(Class<?> type, String method, @Nullable Object... arguments) {
    return notNull(ReflectiveCall.find(type, method, arguments).on(null, arguments), method);
  }

  private static Object call(Object target, String method, @Nullable Object... arguments) {
    Object result = ReflectiveCall.find(target.getClass(), method, arguments).on(target, arguments);
    return result == null ? target : result;
  }

  private static @Nullable Object callNullable(Object target, String method) {
    return ReflectiveCall.find(target.getClass(), method).on(target);
  }

  private static Object notNull(@Nullable Object result, String method) {
    if (result == null) {
      throw new IllegalStateException(method + " answered null");
    }
    return result;
  }
}
