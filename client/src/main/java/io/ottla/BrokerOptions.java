package io.ottla;

import io.ottla.config.ConnectionKeys;
import io.ottla.config.OptionTable;

/** The options of a {@link Broker}, checked when they are built. Immutable. */
public final class BrokerOptions extends ConnectionOptions {
  private BrokerOptions(Builder from) {
    super(from);
  }

  /** Options that are all at their defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** How many further attempts to connect a waiting call lives through; -1 for all. */
  public int retries() {
    return values.get(ConnectionKeys.BROKER_RETRIES);
  }

  /** How many results wait at most for {@link Broker#readResponses}; 0: none are kept. */
  public int keepResults() {
    return values.get(ConnectionKeys.KEEP_RESULTS);
  }

  /** Collects options; each setter replaces the last value. Of one thread at a time. */
  public static final class Builder extends ConnectionOptions.Builder<Builder> {
    private Builder() {
      super(OptionTable.BROKER);
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * {@code retries}; default 0: a call fails with the first attempt to connect that does. -1: not
     * before its time is over.
     */
    public Builder retries(int value) {
      return with(ConnectionKeys.BROKER_RETRIES, value);
    }

    /**
     * {@code keep.results}; default 0. Keeps up to so many results of {@link Broker#produce} for
     * {@link Broker#readResponses}; a call that would exceed it is refused before anything is sent.
     */
    public Builder keepResults(int value) {
      return with(ConnectionKeys.KEEP_RESULTS, value);
    }

    /**
     * Checks every option.
     *
     * @throws io.ottla.error.ConfigException naming the option, its value, where it was given, and
     *     what it may be
     */
    public BrokerOptions build() {
      return new BrokerOptions(this);
    }
  }
}
