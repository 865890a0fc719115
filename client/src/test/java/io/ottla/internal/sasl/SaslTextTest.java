package io.ottla.internal.sasl;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.error.AuthenticationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SaslTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"pencil", "a b=,\"'\\;~!", "Grüße", "пароль", "密码", "\uD83D\uDD11 key", "ﬁ"})
  void what_people_type_is_allowed(String text) {
    assertThatCode(() -> SaslText.check("the password", text)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u0000b",
        "a\tb",
        "\u007f",
        "\u0085",
        "a\uD83D",
        "\uDD11",
        "\uE000",
        "\uFFFE",
        "\uFFFD",
        "\u202E",
        "\u2028",
        "\uFDD0",
        "\u2FF0",
        "\uDB40\uDC01"
      })
  void what_saslprep_prohibits_is_refused(String text) {
    assertThatThrownBy(() -> SaslText.check("the password", "secret" + text))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("the password holds U+")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret\n", "secret\r\n"})
  void a_line_break_of_the_file_it_came_from_is_named(String text) {
    assertThatThrownBy(() -> SaslText.check("the password", text))
        .hasMessageContaining("line break")
        .hasMessageContaining("file")
        .hasMessageNotContaining("secret");
  }

  @Test
  void an_empty_text_is_refused() {
    assertThatThrownBy(() -> SaslText.check("the password", "")).hasMessageContaining("empty");
  }
}
