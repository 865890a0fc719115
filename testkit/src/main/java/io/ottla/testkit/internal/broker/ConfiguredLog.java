package io.ottla.testkit.internal.broker;

import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.TimestampType;
import io.ottla.testkit.internal.log.LogSettings;
import io.ottla.testkit.internal.topic.TopicConfig;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a topic's configuration, and behind it the brokers', says to a log. */
final class ConfiguredLog implements LogSettings {
  private final TopicConfig topic;
  private final ServerConfig server;

  ConfiguredLog(TopicConfig topic, ServerConfig server) {
    this.topic = topic;
    this.server = server;
  }

  @Override
  public TimestampType timestampType() {
    return topic.valueOr("message.timestamp.type", "CreateTime").equals("LogAppendTime")
        ? TimestampType.LOG_APPEND_TIME
        : TimestampType.CREATE_TIME;
  }

  @Override
  public int maxMessageBytes() {
    return (int) topic.numberOr("max.message.bytes", server.number("message.max.bytes"));
  }

  @Override
  public long timestampBeforeMaxMillis() {
    return topic.numberOr(
        "message.timestamp.before.max.ms", LogSettings.super.timestampBeforeMaxMillis());
  }

  @Override
  public long timestampAfterMaxMillis() {
    return topic.numberOr(
        "message.timestamp.after.max.ms", LogSettings.super.timestampAfterMaxMillis());
  }

  @Override
  public @Nullable Codec compression() {
    String type = topic.valueOr("compression.type", "producer");
    return switch (type) {
      case "producer" -> null;
      case "uncompressed" -> Codec.NONE;
      default -> Codec.valueOf(type.toUpperCase(Locale.ROOT));
    };
  }

  @Override
  public boolean isCompacted() {
    return topic.valueOr("cleanup.policy", "delete").contains("compact");
  }

  @Override
  public int minInSyncReplicas() {
    return (int) topic.numberOr("min.insync.replicas", server.number("min.insync.replicas"));
  }

  @Override
  public long producerIdExpirationMillis() {
    return server.number("producer.id.expiration.ms");
  }
}
