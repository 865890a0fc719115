package io.ottla.testkit.internal.group.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;

/** Our reading of expressions against RE2/J's, out of Kafka's class path. */
final class Re2DialectReferenceIT {
  private static final List<String> TOPICS =
      List.of(
          "orders",
          "orders-eu",
          "orders.eu.1",
          "Orders",
          "refunds_2",
          "a",
          "aa",
          "aaa",
          "ab",
          "b",
          "a-b",
          "a.b",
          "1",
          "a1",
          "__consumer_offsets");

  private static Optional<List<Boolean>> ours(String expression) {
    try {
      Pattern pattern = Re2Dialect.compile(expression);
      return Optional.of(TOPICS.stream().map(topic -> pattern.matcher(topic).matches()).toList());
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  private static void assertSame(KafkaClasses kafka, String expression) throws Exception {
    assertThat(ours(expression)).as(expression).isEqualTo(kafka.matches(expression, TOPICS));
  }

  @Test
  void what_people_write_is_read_as_kafka_reads_it() throws Exception {
    try (KafkaClasses kafka = new KafkaClasses()) {
      for (String expression :
          List.of(
              "",
              ".*",
              "orders.*",
              "orders-(eu|us)",
              "^orders$",
              "(?i)ORDERS",
              "(?i:orders)-eu",
              "(?s-i)orders.*",
              "(?:a|b)+",
              "(?P<name>a+)b?",
              "[^_].*",
              "[a-z0-9._-]+",
              "[[:alpha:]]+",
              "[[:^alpha:]]+",
              "[[:word:][:punct:]]+",
              "[[:^word:]a]+",
              "[[:space:]a]+",
              "[]a]+",
              "[a&&b]+",
              "[a[]+",
              "[\\w.]+",
              "\\w+",
              "\\d",
              "\\D+",
              "\\p{L}+",
              "\\pN",
              "\\P{Lu}+",
              "\\Qa.b\\E",
              "\\Qa.b",
              "a\\.b",
              "\\x61+",
              "\\x{61}",
              "\\bord.*",
              "\\Aorders\\z",
              "a{2}",
              "a{1,2}",
              "a{1,}?",
              "a{,2}",
              "a{x",
              "a}b]",
              "a*?b??")) {
        assertSame(kafka, expression);
        assertThat(ours(expression)).as("%s is read", expression).isPresent();
      }
    }
  }

  @Test
  void what_re2_does_not_have_is_refused_as_kafka_refuses_it() throws Exception {
    try (KafkaClasses kafka = new KafkaClasses()) {
      for (String expression :
          List.of(
              "(",
              "a)",
              "[a",
              "[",
              "*a",
              "a**",
              "a*+",
              "a++",
              "a{1}{2}",
              "a{1001}",
              "a{1,1001}",
              "a{2,1}",
              "(?=a)a",
              "(?!a)b",
              "(?<=a)b",
              "(?<!a)b",
              "(?>a)",
              "(a)\\1",
              "(?<n>a)\\k<n>",
              "\\Z",
              "\\G",
              "\\h",
              "\\R",
              "\\u0061",
              "\\",
              "[[:nothing:]]",
              "[z-a]",
              "(?x)a b")) {
        assertSame(kafka, expression);
        assertThat(ours(expression)).as("%s is refused", expression).isEmpty();
      }
    }
  }

  @Test
  void whatever_is_read_is_read_as_kafka_reads_it() throws Exception {
    String[] pieces = {
      "a", "b", "1", ".", "-", "_", "*", "+", "?", "|", "(", ")", "[", "]", "^", "$", "{", "}", ",",
      "2", "\\", "\\d", "\\w", "\\.", "[a-b]", "[^a]", "(?:", "(?i)", "&&", ":", "\\b", "orders"
    };
    try (KafkaClasses kafka = new KafkaClasses()) {
      Seeds.run(
          4_000,
          seed -> {
            Random random = new Random(seed);
            StringBuilder expression = new StringBuilder();
            List<String> used = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(7); i++) {
              used.add(pieces[random.nextInt(pieces.length)]);
            }
            used.forEach(expression::append);
            Optional<List<Boolean>> ours = ours(expression.toString());
            if (ours.isPresent()) {
              assertThat(ours)
                  .as(expression.toString())
                  .isEqualTo(kafka.matches(expression.toString(), TOPICS));
            }
          });
    }
  }
}
