package io.ottla.internal.cluster.route;

import io.ottla.error.Attempt;
import io.ottla.error.AuthenticationException;
import io.ottla.error.BrokerUnreachableException;
import io.ottla.error.ClosedException;
import io.ottla.error.ConnectionLostException;
import io.ottla.error.OttlaException;
import io.ottla.error.ProtocolViolationException;
import io.ottla.error.TimeoutException;
import io.ottla.protocol.message.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was tried, where, and how it ended; the same end at the same place is counted, not listed.
 *
 * <p>Bounded: the oldest is forgotten. Thread: its owner's. Units: nanoseconds of the owner's
 * clock.
 */
public final class Attempts {
  private static final int MOST_KINDS = 16;

  private record Kind(String where, String what) {}

  private static final class Seen {
    int count;
    long lastNanos;
    String words;

    Seen(String words) {
      this.words = words;
    }
  }

  private final Map<Kind, Seen> seen = new LinkedHashMap<>();

  /**
   * An attempt at a broker failed.
   *
   * @param brief the cause in a few words, if its link knows some
   */
  public void failed(String where, OttlaException failure, @Nullable String brief, long nowNanos) {
    note(where, kind(failure), brief == null ? words(failure) : brief, nowNanos);
  }

  /** A broker answered with an error. */
  public void refused(String where, ErrorCode error, long nowNanos) {
    note(where, error.name(), "said " + error.name(), nowNanos);
  }

  private void note(String where, String kind, String words, long nowNanos) {
    Seen one = seen.computeIfAbsent(kindOf(where, kind, words), any -> new Seen(words));
    one.count++;
    one.lastNanos = nowNanos;
    one.words = words;
    if (seen.size() > MOST_KINDS) {
      seen.entrySet().stream()
          .min(Comparator.comparingLong(entry -> entry.getValue().lastNanos))
          .ifPresent(oldest -> seen.remove(oldest.getKey()));
    }
  }

  /** What reads the same is told once, though the last of it only ran out of time. */
  private Kind kindOf(String where, String kind, String words) {
    for (Map.Entry<Kind, Seen> entry : seen.entrySet()) {
      if (entry.getKey().where().equals(where) && entry.getValue().words.equals(words)) {
        return entry.getKey();
      }
    }
    return new Kind(where, kind);
  }

  /** Whether nothing was noted. */
  public boolean isEmpty() {
    return seen.isEmpty();
  }

  /** Forgets everything. */
  public void clear() {
    seen.clear();
  }

  /** What happened since then, first seen first. */
  public List<Attempt> since(long sinceNanos, long nowNanos) {
    List<Attempt> attempts = new ArrayList<>();
    seen.forEach(
        (kind, one) -> {
          if (one.lastNanos - sinceNanos >= 0) {
            attempts.add(
                new Attempt(
                    kind.where(),
                    one.words,
                    one.count,
                    Duration.ofNanos(Math.max(0, nowNanos - one.lastNanos))));
          }
        });
    return attempts;
  }

  /** In words; empty if there was nothing. */
  public static String text(List<Attempt> attempts) {
    return attempts.stream().map(Attempt::toString).collect(Collectors.joining("; "));
  }

  /** What of a failure makes it the same as another: not the times in its words. */
  private static String kind(OttlaException failure) {
    String name = failure.getClass().getName();
    return failure instanceof BrokerUnreachableException unreachable
        ? name + unreachable.phase()
        : name;
  }

  /** A failure in a few words. */
  private static String words(OttlaException failure) {
    if (failure instanceof BrokerUnreachableException unreachable) {
      return "unreachable (" + unreachable.phase().label() + ": " + brief(failure) + ")";
    }
    if (failure instanceof ConnectionLostException) {
      return "lost the connection (" + brief(failure) + ")";
    }
    if (failure instanceof TimeoutException) {
      return "did not answer in time";
    }
    if (failure instanceof AuthenticationException) {
      return "refused who we are (" + brief(failure) + ")";
    }
    if (failure instanceof ProtocolViolationException) {
      return "does not speak Kafka's protocol (" + brief(failure) + ")";
    }
    if (failure instanceof ClosedException) {
      return "was closed";
    }
    return "failed (" + brief(failure) + ")";
  }

  /** The cause that a message of net's ends with, without the request and the times before it. */
  private static String brief(OttlaException failure) {
    String message = String.valueOf(failure.getMessage());
    int end = message.lastIndexOf("; it was not sent");
    String cause = end < 0 ? message : message.substring(0, end);
    int why = cause.indexOf(": ");
    return why < 0 ? cause : cause.substring(why + 2);
  }
}
