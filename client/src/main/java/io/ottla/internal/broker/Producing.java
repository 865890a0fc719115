package io.ottla.internal.broker;

import io.ottla.error.BufferFullException;
import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.error.UnsupportedVersionException;
import io.ottla.internal.net.PeerVersions;
import io.ottla.producer.Acks;
import io.ottla.producer.ProduceResult;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.ProtocolException;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.record.BufferPool;
import io.ottla.protocol.record.Compression;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Writes records to the partitions that one broker leads.
 *
 * <p>Owns: the batches of a call, from sealing until the connection has no more use for their
 * bytes. Thread: any; compresses on the caller's. Always: the requests of one thread's calls leave
 * in the order of the calls, also while topic ids are being asked for.
 */
public final class Producing {
  private static final long MAX_IDLE_BUFFER_BYTES = 16 << 20;

  private final Requests requests;
  private final TopicIds topicIds;
  private final @Nullable KeptResults kept;
  private final Batching batching;
  private final BatchBytes bytes;
  private final InOrder order = new InOrder();

  /**
   * @param kept where results are kept too; null for nowhere
   */
  public Producing(Requests requests, @Nullable KeptResults kept) {
    this.requests = requests;
    this.kept = kept;
    topicIds = new TopicIds(requests);
    BufferPool pool = BufferPool.direct(MAX_IDLE_BUFFER_BYTES);
    batching = new Batching(pool);
    bytes = new BatchBytes(pool);
  }

  /** Sends the records as one request; see {@code Broker.produce}. */
  public CompletableFuture<List<ProduceResult>> produce(
      List<ProducerRecord<byte[], byte[]>> records,
      Acks acks,
      Duration timeout,
      Compression compression) {
    if (records.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    long startNanos = requests.clock().nanoTime();
    List<PartitionBatch> batches;
    try {
      batches = batching.seal(records, compression, requests.clock().wallMillis());
    } catch (OttlaException refused) {
      return CompletableFuture.failedFuture(refused);
    }
    if (kept != null && !kept.reserve(batches.size())) {
      release(batches);
      return CompletableFuture.failedFuture(
          new BufferFullException(
              batches.size()
                  + " more results would exceed the "
                  + kept.max()
                  + " that are kept (keep.results), those under way included; take some with"
                  + " readResponses"));
    }
    Sending sending = new Sending(batches, acks, timeout, startNanos, compression);
    CompletableFuture<Plan> plan = sending.plan();
    CompletableFuture<List<ProduceResult>> results = new CompletableFuture<>();
    order.add(plan, () -> end(results, batches, sending.send(plan)));
    return results;
  }

  /** When the call ends, so does what its caller holds. */
  private void end(
      CompletableFuture<List<ProduceResult>> results,
      List<PartitionBatch> batches,
      CompletableFuture<List<ProduceResult>> call) {
    CompletableFuture<Void> unused =
        call.handle(
            (come, failure) -> {
              if (failure == null) {
                succeed(results, come);
              } else {
                fail(results, batches, Requests.unwrapped(failure));
              }
              return null;
            });
  }

  private void succeed(CompletableFuture<List<ProduceResult>> results, List<ProduceResult> come) {
    forgetDeniedIds(come);
    if (kept != null) {
      kept.put(come);
    }
    results.complete(come);
  }

  private void fail(
      CompletableFuture<List<ProduceResult>> results,
      List<PartitionBatch> batches,
      Throwable failure) {
    if (kept != null) {
      kept.put(ProduceResults.ofFailure(batches, failure));
    }
    results.completeExceptionally(failure);
  }

  private void forgetDeniedIds(List<ProduceResult> results) {
    for (ProduceResult result : results) {
      switch (result.error()) {
        case UNKNOWN_TOPIC_OR_PARTITION, UNKNOWN_TOPIC_ID, INCONSISTENT_TOPIC_ID ->
            topicIds.forget(result.topic());
        default -> {}
      }
    }
  }

  private static void release(List<PartitionBatch> batches) {
    batches.forEach(batch -> batch.batch().release());
  }

  /**
   * How a call is sent.
   *
   * @param version of the request
   * @param ids of its topics; empty if the version calls them by name
   */
  private record Plan(int version, Map<String, TopicId> ids) {
    boolean has(PartitionBatch batch) {
      TopicId id = ids.get(batch.topic());
      return id == null || id.isKnown();
    }
  }

  /** One call on its way. */
  private final class Sending {
    private final List<PartitionBatch> batches;
    private final Acks acks;
    private final Duration timeout;
    private final long startNanos;
    private final Compression compression;

    Sending(
        List<PartitionBatch> batches,
        Acks acks,
        Duration timeout,
        long startNanos,
        Compression compression) {
      this.batches = batches;
      this.acks = acks;
      this.timeout = timeout;
      this.startNanos = startNanos;
      this.compression = compression;
    }

    CompletableFuture<Plan> plan() {
      return requests.versions().thenCompose(this::plan);
    }

    private CompletableFuture<Plan> plan(PeerVersions peer) {
      int version = peer.highestCommon(ApiKey.PRODUCE);
      if (version < 0) {
        throw new UnsupportedVersionException(
            "records not sent: " + requests.peer() + " takes no version of Produce that Ottla has");
      }
      ProduceRequests.requireCodec(compression.codec(), version, requests.peer());
      if (version < ProduceRequests.FIRST_WITH_IDS) {
        return CompletableFuture.completedFuture(new Plan(version, Map.of()));
      }
      List<String> names = batches.stream().map(PartitionBatch::topic).distinct().toList();
      return topicIds
          .of(names, requests.left(timeout, startNanos, "records"))
          .thenApply(ids -> planWith(ids, version));
    }

    /** A broker may know the newest versions and yet have no ids; then names are used. */
    private Plan planWith(Map<String, TopicId> ids, int version) {
      boolean byName = ids.values().stream().anyMatch(TopicId::isNameless);
      return new Plan(byName ? ProduceRequests.FIRST_WITH_IDS - 1 : version, ids);
    }

    /** Sends what can be sent; the plan has ended. */
    CompletableFuture<List<ProduceResult>> send(CompletableFuture<Plan> planned) {
      if (planned.isCompletedExceptionally()) {
        release(batches);
        return planned.thenApply(never -> List.of());
      }
      try {
        return send(planned.join());
      } catch (ProtocolException unwritable) {
        release(batches);
        return CompletableFuture.failedFuture(
            new RefusedException(
                "records not sent to " + requests.peer() + ": " + unwritable.getMessage(),
                SendOutcome.NOT_SENT,
                unwritable));
      } catch (RuntimeException failed) {
        release(batches);
        return CompletableFuture.failedFuture(failed);
      }
    }

    private CompletableFuture<List<ProduceResult>> send(Plan plan) {
      List<PartitionBatch> known = batches.stream().filter(plan::has).toList();
      List<PartitionBatch> unknown = batches.stream().filter(batch -> !plan.has(batch)).toList();
      if (known.isEmpty()) {
        release(batches);
        return CompletableFuture.completedFuture(merged(List.of(), plan));
      }
      Duration left = requests.left(timeout, startNanos, "records");
      ProduceRequest request =
          ProduceRequests.of(
              known, plan.ids(), batch -> bytes.of(batch, plan.version(), compression), acks, left);
      release(unknown);
      return requests
          .send(request, left, plan.version(), () -> release(known))
          .thenApply(
              response ->
                  merged(
                      acks == Acks.NONE
                          ? ProduceResults.unacknowledged(known)
                          : ProduceResults.read(response, known, plan.ids()),
                      plan));
    }

    /** The results of what was sent and of what was not, in the order of the call. */
    private List<ProduceResult> merged(List<ProduceResult> sent, Plan plan) {
      Map<PartitionKey, ProduceResult> byPartition = new HashMap<>();
      for (ProduceResult result : sent) {
        byPartition.put(new PartitionKey(result.topic(), result.partition()), result);
      }
      List<ProduceResult> all = new ArrayList<>();
      for (PartitionBatch batch : batches) {
        ProduceResult result = byPartition.get(new PartitionKey(batch.topic(), batch.partition()));
        if (result == null) {
          TopicId id = plan.ids().get(batch.topic());
          ErrorCode error = id == null ? ErrorCode.UNKNOWN_SERVER_ERROR : id.error();
          result = ProduceResults.failed(batch, error, error.message());
        }
        all.add(result);
      }
      return all;
    }
  }
}
