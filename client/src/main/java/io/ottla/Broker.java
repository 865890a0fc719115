package io.ottla;

import io.ottla.consumer.FetchLimits;
import io.ottla.consumer.FetchPosition;
import io.ottla.consumer.FetchResult;
import io.ottla.error.BrokerUnreachableException;
import io.ottla.error.BufferFullException;
import io.ottla.error.ClosedException;
import io.ottla.error.ConnectionLostException;
import io.ottla.error.ProtocolViolationException;
import io.ottla.error.RefusedException;
import io.ottla.error.TimeoutException;
import io.ottla.error.UnsupportedVersionException;
import io.ottla.producer.Acks;
import io.ottla.producer.ProduceResult;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.protocol.record.Compression;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One broker, spoken to directly: no routing, no retries, nothing hidden.
 *
 * <p>It connects when the first request needs it. A failed attempt fails the requests that wait for
 * it; the next request tries again, as it does after a connection was lost or closed for idleness.
 *
 * <p>Thread-safe; no method but {@link #readResponses} and {@link #close()} waits. Requests of one
 * thread reach the broker in the order of the calls; so do its calls of {@link #produce}, but
 * between the two kinds there is no order. Futures complete on Ottla's callback threads, never on a
 * network thread, so that what hangs on them may wait and may call this broker again. They fail
 * with
 *
 * <ul>
 *   <li>{@link BrokerUnreachableException}: no connection; says how far it came
 *   <li>{@link ConnectionLostException}: the connection ended before the answer
 *   <li>{@link ProtocolViolationException}: whoever answers is no Kafka broker
 *   <li>{@link TimeoutException}: no answer in time
 *   <li>{@link UnsupportedVersionException}, {@link RefusedException}: the broker's version cannot
 *       take this request
 *   <li>{@link ClosedException}: {@link #close()} was called
 * </ul>
 *
 * each of which says by {@code outcome()} whether the broker can have acted on the request.
 * Cancelling a future stops nothing but the waiting.
 */
public interface Broker extends AutoCloseable {
  /**
   * Sends any request in the highest version that both sides know, and waits for its response as
   * long as {@link BrokerOptions#requestTimeout}.
   *
   * <p>The request must not change until the future has completed. A Produce request with acks 0
   * has no response: the future completes with an empty one when the request has left.
   *
   * @param <R> the response's type
   */
  <R extends ResponseMessage> CompletableFuture<R> request(RequestMessage<R> request);

  /**
   * As {@link #request(RequestMessage)}, with a time of its own, which includes connecting.
   *
   * @param <R> the response's type
   */
  <R extends ResponseMessage> CompletableFuture<R> request(
      RequestMessage<R> request, Duration timeout);

  /**
   * Writes records to the partitions that they name, as one request with one batch per partition.
   *
   * <p>Compresses on the calling thread. An error that concerns one partition (unknown topic, no
   * such partition, record too large) is in that partition's result; the future fails only if the
   * request as a whole did.
   *
   * @param timeout how long the whole may take; the broker may wait for replicas for three quarters
   *     of what is left of it, or all but a second
   * @return a result per partition, in the order in which the partitions first appear
   * @throws IllegalArgumentException if a record names no partition
   * @throws BufferFullException in the future, if results are kept and there is no room for more
   */
  CompletableFuture<List<ProduceResult>> produce(
      List<ProducerRecord<byte[], byte[]>> records,
      Acks acks,
      Duration timeout,
      Compression compression);

  /** As the other, without compression, within {@link BrokerOptions#requestTimeout}. */
  default CompletableFuture<List<ProduceResult>> produce(
      List<ProducerRecord<byte[], byte[]>> records, Acks acks) {
    return produce(records, acks, options().requestTimeout(), Compression.none());
  }

  /**
   * Takes the results of {@link #produce} that have come since the last call, and waits for the
   * first if there are none. A call whose future failed gives a result per partition too, with the
   * error code nearest to what happened and the failure's words.
   *
   * @param timeout the longest wait; zero for none
   * @return empty if none came in time, if the thread was interrupted (its flag stays set), or if
   *     the broker is closed and there are no more
   * @throws IllegalStateException if {@link BrokerOptions#keepResults} was not set
   */
  List<ProduceResult> readResponses(Duration timeout);

  /**
   * Reads batches from the given positions.
   *
   * @return a result per position, in their order
   * @throws IllegalArgumentException if a partition is named twice
   */
  CompletableFuture<List<FetchResult>> fetch(List<FetchPosition> positions, FetchLimits limits);

  /** The requests and versions that the broker takes; connects if need be. */
  CompletableFuture<BrokerVersions> versions();

  /** The options that it was built with. */
  BrokerOptions options();

  /** As {@link #close(Duration)}, with {@link BrokerOptions#requestTimeout}. */
  @Override
  void close();

  /**
   * Refuses new requests, waits for those under way, fails with {@link ClosedException} what is
   * left after the given time, and closes the connection. Any thread may call it, any number of
   * times; an interrupted one does not wait.
   *
   * @param timeout how long to wait for requests under way; zero for not at all
   */
  void close(Duration timeout);
}
