package io.ottla.cli.cluster;

import io.ottla.cli.terminal.CommandFailedException;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.error.RetriableException;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ListOffsetsRequest;
import io.ottla.protocol.message.ListOffsetsResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where the partitions of a topic begin and end. */
public final class PartitionOffsets {
  private static final long LATEST = -1;
  private static final long EARLIEST = -2;
  private static final int CONSUMER = -1;

  private final Cluster cluster;
  private final String topic;

  public PartitionOffsets(Cluster cluster, String topic) {
    this.cluster = cluster;
    this.topic = topic;
  }

  /** The first offset that each partition still has. */
  public Map<Integer, Long> beginnings(Collection<Integer> partitions) throws InterruptedException {
    return find(partitions, EARLIEST);
  }

  /** The offset after the last record of each partition, as far as it can be read now. */
  public Map<Integer, Long> ends(Collection<Integer> partitions) throws InterruptedException {
    return find(partitions, LATEST);
  }

  private Map<Integer, Long> find(Collection<Integer> partitions, long timestamp)
      throws InterruptedException {
    Map<Integer, Long> found = new TreeMap<>();
    List<Integer> missing = new ArrayList<>(partitions);
    Patience patience = new Patience(cluster.timeout());
    while (true) {
      String problem = ask(missing, timestamp, found, patience);
      missing.removeAll(found.keySet());
      if (missing.isEmpty()) {
        return found;
      }
      if (patience.isExhausted()) {
        throw new CommandFailedException(
            ExitCode.UNREACHABLE,
            "the offsets of " + topic + "-" + missing.get(0) + " cannot be had: " + problem);
      }
      patience.pause();
    }
  }

  /** Asks each leader once; returns what stood in the way of those that are not found. */
  private String ask(
      List<Integer> partitions, long timestamp, Map<Integer, Long> found, Patience patience)
      throws InterruptedException {
    String problem = "";
    TopicView view = cluster.topic(topic);
    Map<Integer, List<Integer>> byLeader = new HashMap<>();
    for (int partition : partitions) {
      int leader = view.leader(partition);
      if (leader == TopicView.NO_LEADER) {
        problem = "it has no leader now";
      } else {
        byLeader.computeIfAbsent(leader, id -> new ArrayList<>()).add(partition);
      }
    }
    for (Map.Entry<Integer, List<Integer>> entry : byLeader.entrySet()) {
      try {
        ListOffsetsResponse response =
            Answers.await(
                cluster
                    .broker(entry.getKey())
                    .request(request(entry.getValue(), timestamp), cluster.timeout()));
        problem = collect(response, found, problem);
      } catch (RetriableException e) {
        if (patience.isExhausted()) {
          throw e;
        }
        problem = String.valueOf(e.getMessage());
      }
    }
    return problem;
  }

  private ListOffsetsRequest request(List<Integer> partitions, long timestamp) {
    List<ListOffsetsRequest.ListOffsetsPartition> wanted = new ArrayList<>();
    for (int partition : partitions) {
      wanted.add(
          new ListOffsetsRequest.ListOffsetsPartition()
              .partitionIndex(partition)
              .timestamp(timestamp));
    }
    return new ListOffsetsRequest()
        .replicaId(CONSUMER)
        .topics(List.of(new ListOffsetsRequest.ListOffsetsTopic().name(topic).partitions(wanted)));
  }

  private String collect(
      ListOffsetsResponse response, Map<Integer, Long> found, String problemBefore) {
    String problem = problemBefore;
    for (ListOffsetsResponse.ListOffsetsTopicResponse ofTopic : response.topics()) {
      for (ListOffsetsResponse.ListOffsetsPartitionResponse answer : ofTopic.partitions()) {
        ErrorCode error = ErrorCode.of(answer.errorCode());
        if (error == ErrorCode.NONE) {
          boolean isOldStyle = !answer.oldStyleOffsets().isEmpty();
          found.put(
              answer.partitionIndex(),
              isOldStyle ? answer.oldStyleOffsets().get(0) : answer.offset());
        } else if (error.isRetriable()) {
          problem = error.toString();
        } else {
          throw Answers.refusal(topic + "-" + answer.partitionIndex(), error, null);
        }
      }
    }
    return problem;
  }
}
