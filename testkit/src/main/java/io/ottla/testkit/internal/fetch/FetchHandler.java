package io.ottla.testkit.internal.fetch;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FetchResponse;
import io.ottla.protocol.message.FetchResponse.NodeEndpoint;
import io.ottla.protocol.message.FetchResponse.PartitionData;
import io.ottla.testkit.internal.loop.Timers;
import io.ottla.testkit.internal.topic.BrokerDirectory;
import io.ottla.testkit.internal.topic.BrokerDirectory.BrokerAddress;
import io.ottla.testkit.internal.topic.Partition;
import io.ottla.testkit.internal.topic.Topic;
import io.ottla.testkit.internal.topic.Topics;
import io.ottla.testkit.internal.wire.Exchange;
import io.ottla.testkit.internal.wire.Handler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Serves Fetch at all brokers of a cluster, to consumers: other brokers need not ask, since all
 * replicas share one log.
 *
 * <p>Owns: the brokers' sessions. Thread: the cluster's loop.
 */
public final class FetchHandler implements Handler<FetchRequest, FetchResponse> {
  private final Topics topics;
  private final BrokerDirectory brokers;
  private final Timers timers;
  private final FetchSettings settings;
  private final RandomGenerator random;
  private final PartitionReader reader;
  private final OldFormats oldFormats;
  private final Map<Integer, FetchSessions> sessions = new HashMap<>();

  /**
   * @param random where session ids come from
   */
  public FetchHandler(
      Topics topics,
      BrokerDirectory brokers,
      Timers timers,
      FetchSettings settings,
      RandomGenerator random) {
    this.topics = topics;
    this.brokers = brokers;
    this.timers = timers;
    this.settings = settings;
    this.random = random;
    this.reader = new PartitionReader(topics, brokers, settings);
    this.oldFormats = new OldFormats(topics, settings);
  }

  /** Forgets all sessions of a broker, as one does that stops. */
  public void forgetSessions(int brokerId) {
    sessions.remove(brokerId);
  }

  /** How many sessions a broker has. */
  public int sessionCount(int brokerId) {
    return sessionsOf(brokerId).count();
  }

  @Override
  public void handle(Exchange<FetchRequest, FetchResponse> exchange) {
    FetchRequest request = exchange.request();
    if (Requester.of(request) == Requester.REPLICA) {
      exchange.refuse("serve a replica of another broker");
      return;
    }
    FetchScope scope = sessionsOf(exchange.brokerId()).open(request, exchange.version());
    FetchTerms terms = FetchTerms.of(request, exchange.version(), exchange.brokerId(), settings);
    List<AskedPartition> known = new ArrayList<>();
    List<AnsweredPartition> unknown = new ArrayList<>();
    for (AskedPartition asked : scope.partitions()) {
      if (reader.find(asked) != null) {
        known.add(asked);
      } else {
        unknown.add(new AnsweredPartition(asked, PartitionAnswer.unknown(asked)));
      }
    }
    new PendingFetch(
            exchange,
            terms,
            reader,
            timers,
            known,
            read -> exchange.answer(answer(scope, terms, read, unknown)))
        .begin();
  }

  private FetchSessions sessionsOf(int brokerId) {
    return sessions.computeIfAbsent(
        brokerId, id -> new FetchSessions(timers, settings, random, this::nameOf));
  }

  private @Nullable String nameOf(UUID topicId) {
    Topic topic = topics.find(topicId);
    return topic == null ? null : topic.name();
  }

  private FetchResponse answer(
      FetchScope scope,
      FetchTerms terms,
      List<AnsweredPartition> read,
      List<AnsweredPartition> unknown) {
    int throttleMillis = settings.throttleMillis(terms.brokerId());
    if (throttleMillis > 0) {
      return scope.answerNothing().throttleTimeMs(throttleMillis);
    }
    Map<Integer, NodeEndpoint> leaders = new HashMap<>();
    if (terms.wantsLeaderHints()) {
      read.forEach(one -> addLeaderHint(one, leaders));
    }
    List<AnsweredPartition> all = new ArrayList<>(read);
    all.addAll(unknown);
    FetchResponse response = scope.answer(all);
    all.forEach(one -> oldFormats.convert(one, terms.version()));
    return response.nodeEndpoints(new ArrayList<>(leaders.values()));
  }

  private void addLeaderHint(AnsweredPartition one, Map<Integer, NodeEndpoint> leaders) {
    PartitionData data = one.data();
    Partition partition = reader.find(one.asked());
    if (partition == null
        || (data.errorCode() != ErrorCode.NOT_LEADER_OR_FOLLOWER.code()
            && data.errorCode() != ErrorCode.FENCED_LEADER_EPOCH.code())) {
      return;
    }
    data.currentLeader().leaderId(partition.leader()).leaderEpoch(partition.leaderEpoch());
    BrokerAddress leader = brokers.find(partition.leader());
    if (leader != null) {
      leaders.put(
          leader.id(),
          new NodeEndpoint()
              .nodeId(leader.id())
              .host(leader.host())
              .port(leader.port())
              .rack(leader.rack()));
    }
  }
}
