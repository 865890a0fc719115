package io.ottla.cli.consume;

import io.ottla.cli.cluster.Answers;
import io.ottla.cli.cluster.Cluster;
import io.ottla.cli.cluster.Leaders;
import io.ottla.cli.cluster.TopicView;
import io.ottla.cli.terminal.CommandFailedException;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.consumer.FetchLimits;
import io.ottla.consumer.FetchPosition;
import io.ottla.consumer.FetchResult;
import io.ottla.error.OttlaException;
import io.ottla.error.RetriableException;
import io.ottla.error.TimeoutException;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.record.RecordBatch;
import io.ottla.protocol.record.RecordCursor;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads partitions of one topic from their leaders: one fetch on its way from each leader, and at
 * most one answer of each being read.
 *
 * <p>Thread: {@link #read} on one thread, which is where the sink is called; {@link #stopAt} on
 * any.
 *
 * <p>Always: a record is handed on once, in the order of its partition; what cannot be handed on
 * ends the reading with an error.
 */
public final class TopicReader {
  private static final FetchLimits LIMITS =
      new FetchLimits(8 << 20, 2 << 20, 1, Duration.ofMillis(500));

  /** What came back from a leader. */
  private record Answer(
      int leader, @Nullable List<FetchResult> results, @Nullable Throwable problem) {

    /** Nothing came back, but there are new ends to look at. */
    static Answer ofNobody() {
      return new Answer(TopicView.NO_LEADER, null, null);
    }

    boolean isOfNobody() {
      return leader == TopicView.NO_LEADER;
    }
  }

  private final Cluster cluster;
  private final TopicView topic;
  private final ReadPositions positions;
  private final Leaders leaders;
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final Set<Integer> busyLeaders = new HashSet<>();
  private final Troubles troubles;
  private volatile @Nullable Map<Integer, Long> ends;

  public TopicReader(Cluster cluster, TopicView topic, Map<Integer, Long> beginnings) {
    this.cluster = cluster;
    this.topic = topic;
    this.positions = new ReadPositions(topic.name(), beginnings);
    this.leaders = new Leaders(cluster, topic);
    this.troubles = new Troubles(cluster.timeout());
  }

  /** Ends the reading when all partitions have been read up to these offsets. */
  public void stopAt(Map<Integer, Long> newEnds) {
    ends = Map.copyOf(newEnds);
    answers.add(Answer.ofNobody());
  }

  /** Reads until the sink wants no more, or all ends are reached. */
  public void read(RecordSink sink) throws InterruptedException {
    while (true) {
      Map<Integer, Long> newEnds = ends;
      if (newEnds != null) {
        positions.stopAt(newEnds);
        if (positions.isAtEnd()) {
          return;
        }
      }
      fetch();
      Answer answer = answers.poll();
      if (answer == null) {
        sink.idle();
        answer = answers.poll(troubles.waitNanos(), TimeUnit.NANOSECONDS);
      }
      if (answer != null && !answer.isOfNobody() && !handle(answer, sink)) {
        return;
      }
    }
  }

  private void fetch() throws InterruptedException {
    if (troubles.isKnown(TopicView.NO_LEADER) && !troubles.isTooEarly(TopicView.NO_LEADER)) {
      leaders.doubt();
    }
    Map<Integer, List<FetchPosition>> byLeader = positions.byLeader(leaders);
    troubles.forgetAllBut(byLeader.keySet());
    for (Map.Entry<Integer, List<FetchPosition>> entry : byLeader.entrySet()) {
      int leader = entry.getKey();
      if (troubles.isTooEarly(leader)) {
        continue;
      }
      if (leader == TopicView.NO_LEADER) {
        troubles.met(leader, leaders.problem(), null);
      } else if (busyLeaders.add(leader)) {
        fetch(leader, entry.getValue());
      }
    }
  }

  private void fetch(int leader, List<FetchPosition> wanted) {
    CompletableFuture<?> unused =
        cluster
            .broker(leader)
            .fetch(wanted, LIMITS)
            .whenComplete((results, problem) -> answers.add(new Answer(leader, results, problem)));
  }

  private boolean handle(Answer answer, RecordSink sink) throws InterruptedException {
    busyLeaders.remove(answer.leader);
    if (answer.results == null) {
      failed(answer.leader, Answers.reason(Objects.requireNonNull(answer.problem)));
      return true;
    }
    long[] starts = answer.results.stream().mapToLong(r -> positions.of(r.partition())).toArray();
    advance(answer.leader, answer.results);
    fetch();
    for (int i = 0; i < starts.length; i++) {
      if (!handOn(answer.results.get(i), starts[i], sink)) {
        return false;
      }
    }
    return true;
  }

  /** Moves the positions behind what came, so that the next fetch can leave before it is read. */
  private void advance(int leader, List<FetchResult> results) {
    boolean isWell = true;
    for (FetchResult result : results) {
      if (result.error() != ErrorCode.NONE) {
        isWell = false;
        refused(leader, result);
      } else {
        for (RecordBatch batch : result.batches()) {
          positions.advance(result.partition(), batch.nextOffset());
        }
      }
    }
    if (isWell) {
      troubles.over(leader);
    }
  }

  private boolean handOn(FetchResult result, long start, RecordSink sink) {
    if (result.error() != ErrorCode.NONE) {
      return true;
    }
    long end = positions.end(result.partition());
    for (RecordBatch batch : result.batches()) {
      batch.verifyCrc();
      if (!batch.isControl() && !handOn(result.partition(), batch, start, end, sink)) {
        return false;
      }
    }
    return true;
  }

  private static boolean handOn(
      int partition, RecordBatch batch, long start, long end, RecordSink sink) {
    try (RecordCursor cursor = batch.cursor()) {
      while (cursor.next()) {
        long offset = cursor.offset();
        if (offset >= start && offset < end && !sink.record(partition, cursor)) {
          return false;
        }
      }
    }
    return true;
  }

  private void refused(int leader, FetchResult result) {
    String partition = topic.name() + "-" + result.partition();
    ErrorCode error = result.error();
    if (error == ErrorCode.OFFSET_OUT_OF_RANGE) {
      throw new CommandFailedException(
          ExitCode.REFUSED,
          partition
              + " has no offset "
              + positions.of(result.partition())
              + (result.logStartOffset() > positions.of(result.partition())
                  ? ": its first is " + result.logStartOffset() + " now"
                  : ""));
    }
    if (!error.isRetriable()) {
      throw Answers.refusal(partition, error, result.message());
    }
    leaders.doubt();
    troubles.met(leader, partition + ": " + error, null);
  }

  private void failed(int leader, Throwable problem) {
    if (problem instanceof RetriableException || problem instanceof TimeoutException) {
      leaders.doubt();
      troubles.met(leader, String.valueOf(problem.getMessage()), (OttlaException) problem);
    } else if (problem instanceof RuntimeException known) {
      throw known;
    } else {
      throw new IllegalStateException(problem);
    }
  }
}
