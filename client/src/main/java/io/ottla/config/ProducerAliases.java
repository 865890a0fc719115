package io.ottla.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What other clients' producers write, in our words. */
final class ProducerAliases {
  private static final BigDecimal LONGEST_MS = BigDecimal.valueOf(Integer.MAX_VALUE);
  private static final String KAFKA = "org.apache.kafka.clients.producer.";
  private static final Map<String, String> PARTITIONERS =
      Map.of(
          KAFKA + "internals.DefaultPartitioner", "default",
          KAFKA + "RoundRobinPartitioner", "round-robin",
          KAFKA + "UniformStickyPartitioner", "sticky");

  private ProducerAliases() {}

  /** {@code -1} or {@code all}, {@code 1}, {@code 0}. */
  static String acks(String text) {
    return switch (text) {
      case "-1" -> "all";
      case "1" -> "leader";
      case "0" -> "none";
      default -> text;
    };
  }

  /**
   * Milliseconds, of which Kafka has longer ones than anybody waits, and librdkafka fractions:
   * these become a millisecond more.
   */
  static String duration(String text) {
    if (!text.matches("\\d{1,30}(\\.\\d{1,30})?")) {
      return text;
    }
    BigDecimal millis = new BigDecimal(text).setScale(0, RoundingMode.CEILING);
    return millis.min(LONGEST_MS).toPlainString() + "ms";
  }

  /** As {@link #duration}, where 0 is for ever. */
  static String zeroIsLongest(String text) {
    return text.equals("0") ? LONGEST_MS.toPlainString() + "ms" : duration(text);
  }

  /** A batch of no bytes is one of one record. */
  static String atLeastOne(String text) {
    return text.equals("0") ? "1" : text;
  }

  static String kibibytes(String text) {
    return text.chars().allMatch(Character::isDigit) ? text + "KiB" : text;
  }

  static @Nullable String codec(String text) {
    return text.equals("inherit") ? null : text;
  }

  static @Nullable String level(String text) {
    return text.equals("-1") ? null : text;
  }

  /** Kafka's default stands for the form that has no levels. */
  static String lz4Level(String text) {
    return text.equals("9") ? "0" : text;
  }

  static @Nullable String partitioner(String text) {
    return text.isEmpty() || text.equals("null") ? null : PARTITIONERS.getOrDefault(text, text);
  }

  /** At most ten under way are at most five under way, too. */
  static String atMostFive(String text) {
    boolean isMore = text.matches("\\d{2,10}") || text.matches("[6-9]");
    return isMore ? "5" : text;
  }
}
