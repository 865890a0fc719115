package io.ottla.internal.producer;

import io.ottla.producer.DeliveryListener;
import org.jspecify.annotations.Nullable;

/**
 * How a producer behaves, beside what its topics' settings say.
 *
 * @param clientId its name
 * @param memoryBytes what batches that are not yet reported may take
 * @param topics for topics that have no settings of their own
 * @param isIdempotent whether records are numbered, if the brokers can
 * @param isIdempotenceDemanded whether it is an error if they cannot
 * @param maxInFlight how many batches of a partition are under way at most, 1 to 5
 * @param maxUnnumberedInFlight likewise, where batches are not numbered
 * @param maxRequestBytes how large a request may be
 * @param retries how often a batch is sent again; −1: as often as its time allows
 * @param overflowAfterNanos after how long without any broker overflow begins; 0 for never
 * @param recoveryNanos after how long a failing partition is tried with keyless records again
 * @param listener hears of all records; null for nobody
 * @param isErrorsOnly whether it hears only of those that failed
 */
public record ProducerSettings(
    String clientId,
    long memoryBytes,
    TopicSettings topics,
    boolean isIdempotent,
    boolean isIdempotenceDemanded,
    int maxInFlight,
    int maxUnnumberedInFlight,
    int maxRequestBytes,
    int retries,
    long overflowAfterNanos,
    long recoveryNanos,
    @Nullable DeliveryListener listener,
    boolean isErrorsOnly) {}
