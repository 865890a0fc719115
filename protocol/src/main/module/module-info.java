/** Kafka's wire protocol: primitives, messages, record batches and codecs. */
module io.ottla.protocol {
  requires static com.github.luben.zstd_jni;
  requires static org.jspecify;
  requires static org.lz4.java;
  requires static org.xerial.snappy;

  exports io.ottla.protocol;
  exports io.ottla.protocol.message;
  exports io.ottla.protocol.record;
}
