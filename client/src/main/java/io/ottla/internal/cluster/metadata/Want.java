package io.ottla.internal.cluster.metadata;

import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What somebody wants to know of the cluster. Immutable. */
interface Want {
  /**
   * How things stand for whoever wants it.
   *
   * @param view what is known
   * @param firstAsk the first question that began after it was wanted; answers to earlier ones may
   *     fulfil a wish, and refuse none
   * @param lastAnswered the last question that was answered
   * @param isPatienceOver whether what seems not to exist has been waited for long enough
   * @param whole all topics, if the last question was for them and this is its answer
   */
  record Standing(
      ClusterView view,
      long firstAsk,
      long lastAnswered,
      boolean isPatienceOver,
      @Nullable ClusterView whole) {
    /** Whether an answer came to a question that was asked since. */
    boolean isAnswered() {
      return lastAnswered >= firstAsk;
    }

    boolean isAnswered(TopicView topic) {
      return topic.standing().ask() >= firstAsk;
    }

    /** Whether it was refused by an answer that counts, and further asking is useless. */
    boolean isRefused(TopicView topic) {
      boolean isUnknown = Refusals.isUnknown(topic.error()) && isPatienceOver;
      return isAnswered(topic) && (isUnknown || Refusals.isFinal(topic.error()));
    }
  }

  /**
   * The end of waiting: one of the two.
   *
   * @param view what was wanted
   * @param failure why it will not be
   */
  record Verdict(@Nullable ClusterView view, @Nullable OttlaException failure) {
    static Verdict granted(ClusterView view) {
      return new Verdict(view, null);
    }

    static Verdict refused(OttlaException failure) {
      return new Verdict(null, failure);
    }
  }

  /** The end; null if there is none yet. */
  @Nullable Verdict judge(Standing standing);

  /** The topics that must be asked for; empty if only the brokers. While there is no verdict. */
  Collection<String> missing(Standing standing);

  /** What is wanted, as in "no … after 30 s". */
  String label();

  /** What brokers said that is not enough; empty if nothing. */
  default String said(ClusterView view) {
    return "";
  }

  /** Whether all topics are wanted, whatever they are. */
  default boolean isForAll() {
    return false;
  }

  /**
   * Topics: each usable, or refused.
   *
   * @param names their names
   * @param isFresh whether only an answer to a question asked since will do; without names, an
   *     answer about brokers
   */
  record Topics(Set<String> names, boolean isFresh) implements Want {
    @Override
    public @Nullable Verdict judge(Standing standing) {
      if (isFresh && names.isEmpty() && !standing.isAnswered()) {
        return null;
      }
      for (String name : names) {
        if (isMissing(name, standing)) {
          return null;
        }
      }
      return Verdict.granted(standing.view());
    }

    @Override
    public Collection<String> missing(Standing standing) {
      return names.stream().filter(name -> isMissing(name, standing)).toList();
    }

    private boolean isMissing(String name, Standing standing) {
      TopicView topic = standing.view().peek(name);
      if (topic == null) {
        return true;
      }
      boolean isKnown =
          isFresh ? topic.isConfirmed() && standing.isAnswered(topic) : topic.isUsable();
      return !isKnown && !standing.isRefused(topic);
    }

    @Override
    public String label() {
      return names.isEmpty()
          ? "metadata"
          : names.size() == 1
              ? "metadata for topic " + names.iterator().next()
              : "metadata for " + names.size() + " topics";
    }

    @Override
    public String said(ClusterView view) {
      for (String name : names) {
        String said = Want.saidOf(view.peek(name));
        if (!said.isEmpty()) {
          return names.size() == 1 ? said : said + " of " + name;
        }
      }
      return "";
    }
  }

  /**
   * Somebody who leads a partition.
   *
   * @param topic the topic's name
   * @param partition its number
   */
  record Leader(String topic, int partition) implements Want {
    @Override
    public @Nullable Verdict judge(Standing standing) {
      ClusterView view = standing.view();
      TopicView known = view.peek(topic);
      if (known == null) {
        return null;
      }
      if (!known.isUsable()) {
        OttlaException refusal = standing.isRefused(known) ? Refusals.of(known) : null;
        return refusal == null ? null : Verdict.refused(refusal);
      }
      PartitionView led = known.partition(partition);
      if (led != null) {
        return view.broker(led.leader()) == null ? null : Verdict.granted(view);
      }
      boolean isFinal = standing.isAnswered(known) && standing.isPatienceOver();
      return isFinal ? Verdict.refused(noSuchPartition(known)) : null;
    }

    @Override
    public Collection<String> missing(Standing standing) {
      return List.of(topic);
    }

    private RefusedException noSuchPartition(TopicView known) {
      return new RefusedException(
          "there is no "
              + topic
              + "-"
              + partition
              + ": the topic has "
              + known.partitionCount()
              + " partitions, the first is 0",
          SendOutcome.NOT_SENT,
          null);
    }

    @Override
    public String label() {
      return "leader for " + topic + "-" + partition;
    }

    @Override
    public String said(ClusterView view) {
      TopicView known = view.peek(topic);
      PartitionView led = known == null ? null : known.partition(partition);
      if (known == null || !known.isUsable() || led == null) {
        return Want.saidOf(known);
      }
      return led.leader() < 0
          ? "brokers say " + led.error()
          : "its leader is broker " + led.leader() + ", which no broker lists";
    }
  }

  /** Any broker. */
  record AnyBroker() implements Want {
    @Override
    public @Nullable Verdict judge(Standing standing) {
      return standing.view().hasBrokers() ? Verdict.granted(standing.view()) : null;
    }

    @Override
    public Collection<String> missing(Standing standing) {
      return List.of();
    }

    @Override
    public String label() {
      return "metadata";
    }
  }

  /** The controller; if nobody says one for a while, an answer without. */
  record Controller() implements Want {
    @Override
    public @Nullable Verdict judge(Standing standing) {
      boolean isNobody = standing.isAnswered() && standing.isPatienceOver();
      return standing.view().controller() != null || isNobody
          ? Verdict.granted(standing.view())
          : null;
    }

    @Override
    public Collection<String> missing(Standing standing) {
      return List.of();
    }

    @Override
    public String label() {
      return "controller";
    }
  }

  /** All topics there are. */
  record AllTopics() implements Want {
    @Override
    public @Nullable Verdict judge(Standing standing) {
      ClusterView whole = standing.whole();
      return whole != null && standing.isAnswered() ? Verdict.granted(whole) : null;
    }

    @Override
    public Collection<String> missing(Standing standing) {
      return List.of();
    }

    @Override
    public String label() {
      return "list of topics";
    }

    @Override
    public boolean isForAll() {
      return true;
    }
  }

  private static String saidOf(@Nullable TopicView topic) {
    return topic == null || topic.isUsable() ? "" : "brokers say " + topic.error();
  }
}
