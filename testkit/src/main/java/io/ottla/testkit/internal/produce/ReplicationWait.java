package io.ottla.testkit.internal.produce;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.testkit.internal.log.Subscription;
import io.ottla.testkit.internal.loop.Timer;
import io.ottla.testkit.internal.loop.Timers;
import io.ottla.testkit.internal.topic.Partition;
import io.ottla.testkit.internal.topic.Topics;
import io.ottla.testkit.internal.wire.Exchange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request with acks=all that waits until the high watermarks have passed its records, or its time
 * is out; in either case the records stay.
 *
 * <p>Owns: a timer and a subscription per partition, until it ends. Thread: the cluster's loop.
 */
final class ReplicationWait {
  private final Timers timers;
  private final Topics topics;
  private final Exchange<ProduceRequest, ProduceResponse> exchange;
  private final List<PartitionWrite> waiting;
  private final Runnable whenDone;
  private final List<Subscription> subscriptions = new ArrayList<>();
  private @Nullable Timer timeout;
  private boolean isDone;

  ReplicationWait(
      Timers timers,
      Topics topics,
      Exchange<ProduceRequest, ProduceResponse> exchange,
      List<PartitionWrite> writes,
      Runnable whenDone) {
    this.timers = timers;
    this.topics = topics;
    this.exchange = exchange;
    this.waiting = new ArrayList<>(writes.stream().filter(PartitionWrite::isAppended).toList());
    this.whenDone = whenDone;
  }

  /** Ends at once if there is nothing to wait for. */
  void begin() {
    look();
    if (isDone) {
      return;
    }
    for (PartitionWrite write : waiting) {
      Partition partition = write.partition();
      if (partition != null) {
        subscriptions.add(partition.log().onChange(this::look));
      }
    }
    timeout = timers.schedule(exchange.request().timeoutMs(), this::onTimeout);
    exchange.onClose(this::stop);
  }

  private void look() {
    if (isDone) {
      return;
    }
    waiting.removeIf(this::isDecided);
    if (waiting.isEmpty()) {
      end();
    }
  }

  private boolean isDecided(PartitionWrite write) {
    Partition partition = write.partition();
    if (partition == null || topics.find(partition.topic().id()) == null) {
      write.fail(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
      return true;
    }
    if (!partition.isLedBy(exchange.brokerId())) {
      write.fail(ErrorCode.NOT_LEADER_OR_FOLLOWER);
      return true;
    }
    if (partition.log().highWatermark() < write.requiredOffset()) {
      return false;
    }
    if (!partition.hasEnoughInSync()) {
      write.fail(ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND);
    }
    return true;
  }

  private void onTimeout() {
    waiting.forEach(write -> write.fail(ErrorCode.REQUEST_TIMED_OUT));
    end();
  }

  private void end() {
    stop();
    whenDone.run();
  }

  private void stop() {
    isDone = true;
    subscriptions.forEach(Subscription::cancel);
    if (timeout != null) {
      timeout.cancel();
    }
  }
}
