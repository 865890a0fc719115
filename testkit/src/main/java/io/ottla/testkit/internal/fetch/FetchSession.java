package io.ottla.testkit.internal.fetch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a broker remembers of a reader, so that both need tell each other only what is new
 * (KIP-227).
 *
 * <p>Thread: the cluster's loop. Always: partitions are read in this order, and one that gave
 * records goes to the end, so that none starves where an answer has no room for all. Units:
 * milliseconds of the cluster's time.
 */
final class FetchSession {
  /** What asks for a new session, or for none if the answer cannot have one. */
  static final int INITIAL_EPOCH = 0;

  /** What ends a session and asks for no other. */
  static final int FINAL_EPOCH = -1;

  /** Stands for no session. */
  static final int NO_SESSION = 0;

  private final int id;
  private final boolean usesTopicIds;
  private final long createdMillis;
  private final Map<PartitionKey, SessionPartition> partitions = new LinkedHashMap<>();
  private int epoch = epochAfter(INITIAL_EPOCH);
  private long usedMillis;

  /** How many partitions it had when it was used last; those that come with a request count. */
  private int size;

  FetchSession(int id, boolean usesTopicIds, long nowMillis) {
    this.id = id;
    this.usesTopicIds = usesTopicIds;
    this.createdMillis = nowMillis;
    this.usedMillis = nowMillis;
  }

  /** The epoch of the request that follows one with this epoch. */
  static int epochAfter(int epoch) {
    if (epoch < 0) {
      return FINAL_EPOCH;
    }
    return epoch == Integer.MAX_VALUE ? 1 : epoch + 1;
  }

  int id() {
    return id;
  }

  /** The epoch that the next request must have. */
  int epoch() {
    return epoch;
  }

  boolean usesTopicIds() {
    return usesTopicIds;
  }

  boolean isEmpty() {
    return partitions.isEmpty();
  }

  int size() {
    return size;
  }

  long usedMillis() {
    return usedMillis;
  }

  /** For how long it had lived when it was used last. */
  long provenMillis() {
    return usedMillis - createdMillis;
  }

  /** Takes up what the first answer says. */
  void begin(List<AnsweredPartition> answered) {
    for (AnsweredPartition one : answered) {
      SessionPartition partition = new SessionPartition(one.asked());
      partition.told(one.data());
      partitions.put(one.key(), partition);
    }
    size = partitions.size();
  }

  /** Takes up what a request changes. */
  void update(Collection<AskedPartition> asked, Collection<PartitionKey> forgotten) {
    for (AskedPartition one : asked) {
      SessionPartition known = partitions.get(one.key());
      if (known == null) {
        partitions.put(one.key(), new SessionPartition(one));
      } else {
        known.ask(one.asked());
      }
    }
    partitions.keySet().removeAll(forgotten);
  }

  /** The next request has come. */
  void advance(long nowMillis) {
    epoch = epochAfter(epoch);
    usedMillis = nowMillis;
    size = partitions.size();
  }

  /** All partitions, as they are to be read now. */
  List<AskedPartition> asked() {
    List<AskedPartition> all = new ArrayList<>(partitions.size());
    partitions.values().forEach(partition -> all.add(partition.asked()));
    return all;
  }

  /** Chooses what the reader must be told, and takes note that it is. */
  List<AnsweredPartition> tell(List<AnsweredPartition> answered) {
    List<AnsweredPartition> news = new ArrayList<>();
    for (AnsweredPartition one : answered) {
      SessionPartition partition = partitions.get(one.key());
      if (partition == null || !partition.isNews(one)) {
        continue;
      }
      partition.told(one.data());
      news.add(one);
      if (one.sizeInBytes() > 0) {
        partitions.remove(one.key());
        partitions.put(one.key(), partition);
      }
    }
    return news;
  }
}
