package io.ottla.testkit.fake;

import io.ottla.protocol.record.ControlRecord;
import io.ottla.protocol.record.RecordBatch;
import io.ottla.protocol.record.RecordBatches;
import io.ottla.testkit.internal.log.PartitionLog;
import io.ottla.testkit.internal.loop.Loop;
import io.ottla.testkit.internal.topic.Partition;
import io.ottla.testkit.internal.topic.ReplicaBounds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * One partition of a {@link FakeCluster}, to look at, to fill and to trouble. All replicas have all
 * records at once, unless a test says otherwise.
 *
 * <p>It stands for the partition that exists now: after its topic was deleted, its methods throw
 * {@link IllegalStateException}; after it was created again, they mean the new one. Thread-safe.
 */
public final class FakePartition {
  private final Loop loop;
  private final FakeTopics topics;
  private final String topic;
  private final int index;

  FakePartition(Loop loop, FakeTopics topics, String topic, int index) {
    this.loop = loop;
    this.topics = topics;
    this.topic = topic;
    this.index = index;
  }

  /**
   * The broker that leads it.
   *
   * @return empty if nobody does
   */
  public OptionalInt leader() {
    int leader = ask(Partition::leader);
    return leader == Partition.NO_LEADER ? OptionalInt.empty() : OptionalInt.of(leader);
  }

  /**
   * Which election the leader won.
   *
   * @return 0 at first
   */
  public int leaderEpoch() {
    return ask(Partition::leaderEpoch);
  }

  /**
   * The brokers that have it, the preferred leader first.
   *
   * @return their ids
   */
  public List<Integer> replicas() {
    return ask(Partition::replicas);
  }

  /**
   * The replicas that are in sync.
   *
   * @return their ids
   */
  public List<Integer> inSync() {
    return ask(Partition::inSync);
  }

  /**
   * Elects a leader; the leader epoch grows by one.
   *
   * @param brokerId one of the replicas; may be the leader itself
   */
  public void moveLeader(int brokerId) {
    change(partition -> partition.elect(brokerId));
  }

  /** Leaves it without a leader; the leader epoch grows by one. */
  public void loseLeader() {
    change(partition -> partition.elect(Partition.NO_LEADER));
  }

  /**
   * Sets the leader epoch to any value, as a restored or confused cluster would tell it.
   *
   * @param epoch also one that is lower than before
   */
  public void rewindLeaderEpoch(int epoch) {
    change(partition -> partition.rewindLeaderEpoch(epoch));
  }

  /**
   * Sets which replicas are in sync; fewer than {@code min.insync.replicas} refuse acks=all.
   *
   * @param brokerIds some of the replicas
   */
  public void setInSync(int... brokerIds) {
    List<Integer> ids = boxed(brokerIds);
    change(partition -> partition.setInSync(ids));
  }

  /**
   * Moves it to other brokers, with its records.
   *
   * @param brokerIds the new replicas; the leader stays if it is among them, else the first leads
   */
  public void reassign(int... brokerIds) {
    List<Integer> ids = boxed(brokerIds);
    change(partition -> partition.reassign(ids));
  }

  /**
   * Lets a replica have only a part of the records: a follower that lags, or that began late.
   *
   * @param brokerId the follower
   * @param from the first offset that it has, at least
   * @param to the first offset that it does not have; {@link Long#MAX_VALUE} for all
   */
  public void limitReplica(int brokerId, long from, long to) {
    change(partition -> partition.bound(brokerId, new ReplicaBounds(from, to)));
  }

  /**
   * The first offset that still exists.
   *
   * @return 0 at first
   */
  public long startOffset() {
    return askLog(PartitionLog::startOffset);
  }

  /**
   * The offset that the next record will have.
   *
   * @return 0 at first
   */
  public long endOffset() {
    return askLog(PartitionLog::endOffset);
  }

  /**
   * The first offset that consumers do not read yet.
   *
   * @return at most the end
   */
  public long highWatermark() {
    return askLog(PartitionLog::highWatermark);
  }

  /**
   * The first offset of the oldest open transaction, or the high watermark.
   *
   * @return where consumers stop that read only what is committed
   */
  public long lastStableOffset() {
    return askLog(PartitionLog::lastStableOffset);
  }

  /**
   * Leaves the high watermark where it is, whatever is appended: the followers are slow. Who
   * produced with acks=all waits.
   */
  public void holdHighWatermark() {
    changeLog(PartitionLog::holdHighWatermark);
  }

  /**
   * Moves the high watermark forward, and holds it there.
   *
   * @param offset from where it is to the end
   */
  public void advanceHighWatermark(long offset) {
    changeLog(log -> log.advanceHighWatermarkTo(offset));
  }

  /** Moves the high watermark to the end, and from now on with it. */
  public void releaseHighWatermark() {
    changeLog(PartitionLog::releaseHighWatermark);
  }

  /**
   * Loses the tail of the log, as an unclean election does: the leader becomes one that never had
   * it, in a new leader epoch.
   *
   * @param offset the new end
   */
  public void truncate(long offset) {
    change(
        partition -> {
          partition.log().truncateTo(offset);
          partition.elect(partition.leader());
        });
  }

  /**
   * Loses the head of the log, as retention does.
   *
   * @param offset the new start; at most the high watermark
   */
  public void deleteRecordsBefore(long offset) {
    changeLog(log -> log.deleteRecordsBefore(offset));
  }

  /** Forgets what it knows about idempotent producers, as when their ids have expired. */
  public void forgetProducers() {
    changeLog(PartitionLog::forgetProducers);
  }

  /**
   * Appends records with values and no keys, as one batch.
   *
   * @param values each one record
   * @return the offset of the first
   */
  public long append(String... values) {
    return appendBatch(FakeBatches.ofValues(loop.nowMillis(), values));
  }

  /**
   * Appends a record.
   *
   * @param key its key
   * @param value its value
   * @return its offset
   */
  public long appendKeyed(String key, String value) {
    return appendBatch(FakeBatches.ofRecord(loop.nowMillis(), key, value));
  }

  /**
   * Appends records of a transaction, which is open until {@link #endTransaction}.
   *
   * @param producerId any number that stands for the producer
   * @param values each one record
   * @return the offset of the first
   */
  public long appendInTransaction(long producerId, String... values) {
    return appendBatch(FakeBatches.ofTransaction(loop.nowMillis(), producerId, values));
  }

  /**
   * Ends a transaction with a marker, which takes an offset.
   *
   * @param producerId whose
   * @param isCommitted false aborts it
   * @return the marker's offset
   */
  public long endTransaction(long producerId, boolean isCommitted) {
    ControlRecord.Type type = isCommitted ? ControlRecord.Type.COMMIT : ControlRecord.Type.ABORT;
    return appendBatch(FakeBatches.ofMarker(loop.nowMillis(), producerId, type));
  }

  /**
   * Appends batches that a broker would perhaps refuse: of transactions, with markers, with numbers
   * out of order, with a wrong checksum. Only their offsets and leader epochs are set.
   *
   * @param batches one or more whole batches of version 2; copied
   * @return the offset of the first record
   */
  public long appendBatch(ByteBuffer batches) {
    return ask(partition -> partition.log().appendUnchecked(batches, partition.leaderEpoch()));
  }

  /**
   * Appends any bytes, as readers will get them.
   *
   * @param bytes anything; copied
   * @param offsets how many offsets they take
   * @return the first of these offsets
   */
  public long appendBytes(byte[] bytes, int offsets) {
    ByteBuffer copy = ByteBuffer.wrap(bytes.clone());
    return ask(partition -> partition.log().appendBytes(copy, offsets, partition.leaderEpoch()));
  }

  /**
   * The records in it, of transactions too, whether they were committed or not; without markers.
   *
   * @return in order of offsets
   */
  public List<FakeRecord> records() {
    return ask(
        partition ->
            FakeBatches.read(
                topic, index, allBytes(partition.log()), partition.log().startOffset()));
  }

  /**
   * The batches in it, with what their headers say: who numbered them, and how.
   *
   * @return in order of offsets; copies
   */
  public List<RecordBatch> batches() {
    return ask(
        partition -> {
          ByteBuffer bytes = allBytes(partition.log());
          ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
          List<RecordBatch> batches = new ArrayList<>();
          RecordBatches.of(copy.asReadOnlyBuffer()).forEach(batches::add);
          return List.copyOf(batches);
        });
  }

  private static ByteBuffer allBytes(PartitionLog log) {
    return log.read(log.startOffset(), log.endOffset(), Integer.MAX_VALUE, true).bytes();
  }

  private <T> T ask(Function<Partition, T> question) {
    return loop.call(() -> question.apply(topics.partition(topic, index)));
  }

  private <T> T askLog(Function<PartitionLog, T> question) {
    return ask(partition -> question.apply(partition.log()));
  }

  private void change(Consumer<Partition> change) {
    loop.run(() -> change.accept(topics.partition(topic, index)));
  }

  private void changeLog(Consumer<PartitionLog> change) {
    change(partition -> change.accept(partition.log()));
  }

  private static List<Integer> boxed(int[] ids) {
    return IntStream.of(ids).boxed().toList();
  }

  @Override
  public String toString() {
    return topic + "-" + index;
  }
}
