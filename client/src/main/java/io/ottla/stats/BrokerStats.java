package io.ottla.stats;

/**
 * One broker that a producer sent batches to.
 *
 * @param id its id
 * @param requests how many requests it was sent
 * @param batches how many batches were in them
 * @param bytes how many bytes these had
 * @param failures requests that had no answer, and attempts to connect that failed
 * @param requestsInFlight requests whose answers are outstanding now
 * @param batchesInFlight the batches in them
 * @param requestsPerSecond over the last {@linkplain ProducerStats#window window}
 * @param bytesPerSecond likewise
 * @param roundTrip from the way of a request to the broker to its answer; by requests
 */
public record BrokerStats(
    int id,
    long requests,
    long batches,
    long bytes,
    long failures,
    int requestsInFlight,
    int batchesInFlight,
    double requestsPerSecond,
    double bytesPerSecond,
    LatencyStats roundTrip) {}
