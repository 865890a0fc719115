package io.ottla.testkit.internal.log;

import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Settings that a test changes. */
final class TestSettings implements LogSettings {
  TimestampType timestampType = TimestampType.CREATE_TIME;
  int maxMessageBytes = LogSettings.DEFAULTS.maxMessageBytes();
  long timestampBeforeMaxMillis = LogSettings.DEFAULTS.timestampBeforeMaxMillis();
  long timestampAfterMaxMillis = LogSettings.DEFAULTS.timestampAfterMaxMillis();
  @Nullable Codec compression;
  boolean isCompacted;

  @Override
  public TimestampType timestampType() {
    return timestampType;
  }

  @Override
  public int maxMessageBytes() {
    return maxMessageBytes;
  }

  @Override
  public long timestampBeforeMaxMillis() {
    return timestampBeforeMaxMillis;
  }

  @Override
  public long timestampAfterMaxMillis() {
    return timestampAfterMaxMillis;
  }

  @Override
  public @Nullable Codec compression() {
    return compression;
  }

  @Override
  public boolean isCompacted() {
    return isCompacted;
  }
}
