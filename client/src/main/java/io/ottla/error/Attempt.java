package io.ottla.error;

import java.io.Serializable;
import java.time.Duration;

/**
 * What was tried without success, as often as it ended in the same way.
 *
 * @param where which broker or address
 * @param what how it ended, in words
 * @param count how often
 * @param lastAgo how long before the failure was reported it last did
 */
public record Attempt(String where, String what, int count, Duration lastAgo)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public String toString() {
    String times = count == 1 ? " once" : " " + count + " times";
    return where + " " + what + times + " (last " + seconds() + " ago)";
  }

  private String seconds() {
    long millis = lastAgo.toMillis();
    return millis < 1000 ? millis + " ms" : millis / 1000 + "." + millis % 1000 / 100 + " s";
  }
}
