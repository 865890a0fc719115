package io.ottla.cli.command;

import io.ottla.cli.broker.TopicSpec;
import io.ottla.cli.cluster.HostPort;
import io.ottla.cli.consume.StartOffset;
import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.Compression;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Words of the command line into values. What they refuse, they explain. */
final class Converters {
  private Converters() {}

  /** Lets a parser's own words through, where picocli would replace them by the names of types. */
  abstract static class Explaining<T> implements ITypeConverter<T> {
    private final Function<String, T> parser;

    Explaining(Function<String, T> parser) {
      this.parser = parser;
    }

    @Override
    public T convert(String word) {
      try {
        return parser.apply(word);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }

  static final class OfHostPort extends Explaining<HostPort> {
    OfHostPort() {
      super(HostPort::parse);
    }
  }

  static final class OfStartOffset extends Explaining<StartOffset> {
    OfStartOffset() {
      super(StartOffset::parse);
    }
  }

  static final class OfTopicSpec extends Explaining<TopicSpec> {
    OfTopicSpec() {
      super(TopicSpec::parse);
    }
  }

  static final class OfCompression extends Explaining<Compression> {
    OfCompression() {
      super(Converters::compression);
    }
  }

  static final class OfDuration extends Explaining<Duration> {
    OfDuration() {
      super(Converters::duration);
    }
  }

  /** A time that may be nothing. */
  static final class OfDurationOrNone extends Explaining<Duration> {
    OfDurationOrNone() {
      super(word -> word.matches("0(ms|s|m|h)?") ? Duration.ZERO : duration(word));
    }
  }

  static final class OfPartition extends Explaining<Integer> {
    OfPartition() {
      super(Converters::partition);
    }
  }

  static final class OfPartitionCount extends Explaining<Integer> {
    OfPartitionCount() {
      super(word -> positive(word, 1_000_000, "partitions"));
    }
  }

  static final class OfReplicaCount extends Explaining<Integer> {
    OfReplicaCount() {
      super(word -> positive(word, Short.MAX_VALUE, "replicas"));
    }
  }

  static final class OfPort extends Explaining<Integer> {
    OfPort() {
      super(word -> number(word, 65535, "a port: 1 to 65535, or 0 for a free one"));
    }
  }

  /** A count that may be 0. */
  static final class OfCountOrNone extends Explaining<Long> {
    OfCountOrNone() {
      super(word -> word.equals("0") ? Long.valueOf(0) : count(word));
    }
  }

  static final class OfCount extends Explaining<Long> {
    OfCount() {
      super(Converters::count);
    }
  }

  private static Compression compression(String word) {
    return Arrays.stream(Codec.values())
        .filter(codec -> codec.name().equalsIgnoreCase(word))
        .map(Compression::of)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + word + "' is none of none, gzip, snappy, lz4, zstd"));
  }

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");

  private static Duration duration(String word) {
    Matcher matcher = DURATION.matcher(word);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + word + "' is not a time such as 500ms, 30s, 2m");
    }
    long amount = Long.parseLong(matcher.group(1));
    Duration duration = duration(amount, matcher.group(2));
    if (duration.isZero()) {
      throw new IllegalArgumentException("the time must be longer than nothing");
    }
    return duration;
  }

  private static Duration duration(long amount, @Nullable String unit) {
    return switch (unit == null ? "s" : unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofSeconds(amount);
    };
  }

  private static Integer number(String word, int highest, String what) {
    if (word.matches("\\d{1,10}") && Long.parseLong(word) <= highest) {
      return Integer.valueOf(word);
    }
    throw new IllegalArgumentException("'" + word + "' is not " + what);
  }

  static Integer partition(String word) {
    return number(word, Integer.MAX_VALUE, "a partition: they are numbered from 0");
  }

  static Integer positive(String word, int highest, String what) {
    int number = number(word, highest, "a number of " + what + ": 1 to " + highest);
    if (number == 0) {
      throw new IllegalArgumentException("there must be at least one of the " + what);
    }
    return number;
  }

  private static Long count(String word) {
    try {
      long count = Long.parseLong(word.replace("_", ""));
      if (count > 0) {
        return count;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException("'" + word + "' is not a number of records above 0");
  }
}
