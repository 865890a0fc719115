package io.ottla.testkit.internal.group.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;

/** What patterns mean and which are refused; RE2/J itself is asked in the integration test. */
final class Re2DialectTest {
  private static boolean matches(String expression, String topic) {
    return Re2Dialect.compile(expression).matcher(topic).matches();
  }

  @Test
  void pattern_must_match_the_whole_name() {
    assertThat(matches("orders-.*", "orders-eu")).isTrue();
    assertThat(matches("orders", "orders-eu")).isFalse();
  }

  @Test
  void spellings_of_re2_are_translated() {
    assertThat(matches("(?P<region>eu)", "eu")).isTrue();
    assertThat(matches("[[:^digit:]]+", "eu")).isTrue();
    assertThat(matches("[a&&b]+", "a&b")).isTrue();
    assertThat(matches("[]a]+", "]a")).isTrue();
    assertThat(matches("a{,2}", "a{,2}")).isTrue();
  }

  @Test
  void what_re2_has_not_is_refused() {
    for (String expression :
        List.of(
            "(?=a)a", "(?<!a)b", "(?>a)", "(a)\\1", "a*+", "a**", "a{1001}", "\\Z", "{2}", "[a")) {
      assertThatThrownBy(() -> Re2Dialect.compile(expression))
          .as(expression)
          .isInstanceOf(PatternSyntaxException.class);
    }
  }

  @Test
  void what_is_not_known_is_refused() {
    for (String expression : List.of("\\101", "\\p{Greek}", "(?U)a+", "\\C", "\\v")) {
      assertThatThrownBy(() -> Re2Dialect.compile(expression))
          .as(expression)
          .isInstanceOf(PatternSyntaxException.class);
    }
  }
}
