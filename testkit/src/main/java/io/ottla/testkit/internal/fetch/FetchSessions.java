package io.ottla.testkit.internal.fetch;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FetchRequest.FetchPartition;
import io.ottla.protocol.message.FetchRequest.FetchTopic;
import io.ottla.protocol.message.FetchRequest.ForgottenTopic;
import io.ottla.testkit.internal.loop.Timers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one broker: which request belongs to which, and who gets a place when there are
 * more readers than places.
 *
 * <p>Owns: the sessions. Thread: the cluster's loop. Always: no more sessions than places; ids are
 * positive and, as in Kafka, random, so that a reader that takes its session to the wrong broker
 * finds none there.
 */
final class FetchSessions {
  static final int FIRST_VERSION_WITH_TOPIC_IDS = 13;

  private final Timers timers;
  private final FetchSettings settings;
  private final RandomGenerator random;
  private final Function<UUID, @Nullable String> nameOf;
  private final Map<Integer, FetchSession> sessions = new HashMap<>();

  /**
   * @param nameOf finds a topic's name by its id; null if there is no such topic
   */
  FetchSessions(
      Timers timers,
      FetchSettings settings,
      RandomGenerator random,
      Function<UUID, @Nullable String> nameOf) {
    this.timers = timers;
    this.settings = settings;
    this.random = random;
    this.nameOf = nameOf;
  }

  /** How many there are. */
  int count() {
    return sessions.size();
  }

  /** Finds out what a request is about. */
  FetchScope open(FetchRequest request, int version) {
    boolean usesTopicIds = version >= FIRST_VERSION_WITH_TOPIC_IDS;
    int epoch = request.sessionEpoch();
    if (epoch == FetchSession.INITIAL_EPOCH || epoch == FetchSession.FINAL_EPOCH) {
      sessions.remove(request.sessionId());
      return new FullScope(
          asked(request, usesTopicIds), usesTopicIds, epoch == FetchSession.INITIAL_EPOCH, this);
    }
    FetchSession session = sessions.get(request.sessionId());
    if (session == null) {
      return new RefusedScope(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
    }
    if (session.epoch() != epoch) {
      return new RefusedScope(ErrorCode.INVALID_FETCH_SESSION_EPOCH);
    }
    if (session.usesTopicIds() != usesTopicIds) {
      return new RefusedScope(ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR);
    }
    return proceed(session, request);
  }

  /**
   * Begins a session, if there is a place for it.
   *
   * @return its id, or {@link FetchSession#NO_SESSION}
   */
  int begin(List<AnsweredPartition> answered, boolean usesTopicIds) {
    if (sessions.size() >= settings.maxSessions() && !evictFor(answered.size())) {
      return FetchSession.NO_SESSION;
    }
    FetchSession session = new FetchSession(newId(), usesTopicIds, timers.nowMillis());
    session.begin(answered);
    sessions.put(session.id(), session);
    return session.id();
  }

  private FetchScope proceed(FetchSession session, FetchRequest request) {
    List<AskedPartition> changed = asked(request, session.usesTopicIds());
    session.update(changed, forgotten(request, session.usesTopicIds()));
    if (session.isEmpty()) {
      sessions.remove(session.id());
      return new FullScope(changed, session.usesTopicIds(), false, this);
    }
    session.advance(timers.nowMillis());
    return new IncrementalScope(session, session.asked(), session.epoch());
  }

  /**
   * Takes a place from a session that was not used for long; else from the smallest of those that
   * have lived long, if the new one is larger.
   */
  private boolean evictFor(int partitions) {
    long now = timers.nowMillis();
    long safeMillis = settings.sessionEvictionMillis();
    Optional<FetchSession> stale =
        sessions.values().stream()
            .filter(session -> now - session.usedMillis() > safeMillis)
            .min(Comparator.comparingLong(FetchSession::usedMillis));
    Optional<FetchSession> victim =
        stale.isPresent()
            ? stale
            : sessions.values().stream()
                .filter(session -> session.provenMillis() > safeMillis)
                .min(Comparator.comparingInt(FetchSession::size).thenComparingInt(FetchSession::id))
                .filter(session -> partitions > session.size());
    victim.ifPresent(session -> sessions.remove(session.id()));
    return victim.isPresent();
  }

  private int newId() {
    int id = random.nextInt(1, Integer.MAX_VALUE);
    while (sessions.containsKey(id)) {
      id = random.nextInt(1, Integer.MAX_VALUE);
    }
    return id;
  }

  /** What a request names; of a partition that it names twice, what it says last. */
  private List<AskedPartition> asked(FetchRequest request, boolean usesTopicIds) {
    Map<PartitionKey, AskedPartition> asked = new LinkedHashMap<>();
    for (FetchTopic topic : request.topics()) {
      String name = usesTopicIds ? nameOf.apply(topic.topicId()) : topic.topic();
      for (FetchPartition partition : topic.partitions()) {
        PartitionKey key =
            usesTopicIds
                ? PartitionKey.byId(topic.topicId(), partition.partition())
                : PartitionKey.byName(topic.topic(), partition.partition());
        asked.put(key, new AskedPartition(key, name, partition));
      }
    }
    return new ArrayList<>(asked.values());
  }

  private static List<PartitionKey> forgotten(FetchRequest request, boolean usesTopicIds) {
    List<PartitionKey> forgotten = new ArrayList<>();
    for (ForgottenTopic topic : request.forgottenTopicsData()) {
      for (int partition : topic.partitions()) {
        forgotten.add(
            usesTopicIds
                ? PartitionKey.byId(topic.topicId(), partition)
                : PartitionKey.byName(topic.topic(), partition));
      }
    }
    return forgotten;
  }
}
