package io.ottla.producer;

import io.ottla.config.ConnectionKeys;
import io.ottla.config.Option;
import io.ottla.config.OptionDraft;
import io.ottla.config.OptionTable;
import io.ottla.config.OptionValues;
import io.ottla.config.ProducerKeys;
import io.ottla.protocol.record.Compression;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The options of one topic of a producer, in place of the producer's own; what is not given is the
 * producer's. Immutable.
 */
public final class TopicOptions {
  private final OptionValues values;
  private final @Nullable Partitioner partitioner;
  private final @Nullable Overflow overflow;

  private TopicOptions(Builder from) {
    values = from.draft.build();
    partitioner = from.partitioner;
    overflow = from.overflow;
  }

  /** Options of which none is given. */
  public static Builder builder() {
    return new Builder();
  }

  /** The value of an option, if this topic has its own. */
  public <T> Optional<T> find(Option<T> option) {
    return values.isGiven(option) ? values.find(option) : Optional.empty();
  }

  /** Who chooses partitions, if that is an object of the program's. */
  public Optional<Partitioner> partitioner() {
    return Optional.ofNullable(partitioner);
  }

  /** What happens if there is no room, if that is an object of the program's. */
  public Optional<Overflow> overflow() {
    return Optional.ofNullable(overflow);
  }

  /** What was given and has no effect, a sentence each. */
  public List<String> notes() {
    return values.notes();
  }

  /** What was given. */
  @Override
  public String toString() {
    return "TopicOptions" + values;
  }

  /** Collects options. What comes later replaces what came before. Of one thread at a time. */
  public static final class Builder {
    private final OptionDraft draft = new OptionDraft(OptionTable.TOPIC);
    private @Nullable Partitioner partitioner;
    private @Nullable Overflow overflow;

    private Builder() {}

    private <T> Builder with(Option<T> option, T value) {
      draft.put(option, value);
      return this;
    }

    /** Sets an option by any of its names: Ottla's, Kafka's or librdkafka's. */
    public Builder set(String key, String value) {
      draft.set(key, value);
      return this;
    }

    /** Sets options by any of their names. */
    public Builder load(Map<?, ?> options) {
      draft.load(options, "a map");
      return this;
    }

    /** {@code acks}. */
    public Builder acks(Acks value) {
      return with(ProducerKeys.ACKS, value.name());
    }

    /** {@code linger}. */
    public Builder linger(Duration value) {
      return with(ProducerKeys.LINGER, value);
    }

    /** {@code batch.bytes}. */
    public Builder batchBytes(long value) {
      return with(ProducerKeys.BATCH_BYTES, value);
    }

    /** {@code batch.records}. */
    public Builder batchRecords(int value) {
      return with(ProducerKeys.BATCH_RECORDS, value);
    }

    /** {@code record.max.bytes}. */
    public Builder maxRecordBytes(long value) {
      return with(ProducerKeys.MAX_RECORD, value);
    }

    /** {@code compression}, with its level. */
    public Builder compression(Compression value) {
      with(ProducerKeys.COMPRESSION, value.codec());
      ProducerKeys.levelOf(value.codec()).ifPresent(option -> with(option, value.level()));
      return this;
    }

    /** Who chooses partitions, in place of {@code partitioner}. */
    public Builder partitioner(Partitioner value) {
      partitioner = value;
      return this;
    }

    /** What happens if there is no room, in place of {@code overflow}. */
    public Builder overflow(Overflow value) {
      overflow = value;
      return this;
    }

    /** {@code delivery.timeout}. */
    public Builder deliveryTimeout(Duration value) {
      return with(ProducerKeys.DELIVERY_TIMEOUT, value);
    }

    /** {@code request.timeout}. */
    public Builder requestTimeout(Duration value) {
      return with(ConnectionKeys.REQUEST_TIMEOUT, value);
    }

    /**
     * Checks each option.
     *
     * @throws io.ottla.error.ConfigException that tells everything that is wrong
     */
    public TopicOptions build() {
      return new TopicOptions(this);
    }
  }
}
