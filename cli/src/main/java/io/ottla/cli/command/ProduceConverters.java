package io.ottla.cli.command;

import io.ottla.cli.command.Converters.Explaining;
import io.ottla.cli.format.KeyDelimiter;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.record.Header;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of commands that write, into values. */
final class ProduceConverters {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,10})([a-zA-Z]*)");
  private static final Map<String, Long> UNITS =
      Map.of("", 1L, "b", 1L, "kb", 1_000L, "kib", 1L << 10, "mb", 1_000_000L, "mib", 1L << 20);

  private ProduceConverters() {}

  static final class OfKeyDelimiter extends Explaining<KeyDelimiter> {
    OfKeyDelimiter() {
      super(KeyDelimiter::parse);
    }
  }

  static final class OfHeader extends Explaining<Header> {
    OfHeader() {
      super(ProduceConverters::header);
    }
  }

  /** A partition, or {@link ProducerRecord#ANY_PARTITION}. */
  static final class OfPartition extends Explaining<Integer> {
    OfPartition() {
      super(word -> word.equals("any") ? ProducerRecord.ANY_PARTITION : Converters.partition(word));
    }
  }

  /** The option's value for what other tools write as a number. */
  static final class OfAcks extends Explaining<String> {
    OfAcks() {
      super(ProduceConverters::acks);
    }
  }

  static final class OfRate extends Explaining<Double> {
    OfRate() {
      super(ProduceConverters::rate);
    }
  }

  static final class OfSize extends Explaining<Long> {
    OfSize() {
      super(ProduceConverters::size);
    }
  }

  static final class OfThreads extends Explaining<Integer> {
    OfThreads() {
      super(word -> Converters.positive(word, 1_000, "threads"));
    }
  }

  private static Header header(String word) {
    int equals = word.indexOf('=');
    if (equals == 0 || word.isEmpty()) {
      throw new IllegalArgumentException("'" + word + "' is not NAME=VALUE: it has no name");
    }
    return equals < 0
        ? new Header(word, null)
        : new Header(
            word.substring(0, equals), word.substring(equals + 1).getBytes(StandardCharsets.UTF_8));
  }

  private static String acks(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "all", "-1" -> "all";
      case "leader", "1" -> "leader";
      case "none", "0" -> "none";
      default -> throw new IllegalArgumentException("'" + word + "' is none of all, 1, 0");
    };
  }

  private static Double rate(String word) {
    if (word.matches("\\d{1,9}(\\.\\d{1,9})?") && Double.parseDouble(word) > 0) {
      return Double.valueOf(word);
    }
    throw new IllegalArgumentException("'" + word + "' is not a number of records per second");
  }

  private static Long size(String word) {
    Matcher parts = SIZE.matcher(word);
    Long unit = parts.matches() ? UNITS.get(parts.group(2).toLowerCase(Locale.ROOT)) : null;
    if (unit == null || Long.parseLong(parts.group(1)) * unit > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "'" + word + "' is not a size such as 100, 64KiB or 1MB, below 2 GiB");
    }
    return Long.parseLong(parts.group(1)) * unit;
  }
}
