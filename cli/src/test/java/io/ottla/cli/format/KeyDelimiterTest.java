package io.ottla.cli.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyDelimiterTest {
  @ParameterizedTest
  @CsvSource({":,k:v,1", "::,a:b::c,3", "::,a:b:,-1", "aab,aaab,1", "é,xéy,1", ":,:v,0", ":,v,-1"})
  void the_first_delimiter_counts(String delimiter, String line, int keyLength) {
    byte[] bytes = ("__" + line).getBytes(UTF_8);

    assertThat(KeyDelimiter.parse(delimiter).find(bytes, 2, bytes.length - 2)).isEqualTo(keyLength);
  }

  @Test
  void escapes_stand_for_bytes() {
    byte[] line = {'k', '\t', 0, (byte) 0xff, '\\', 'v'};

    assertThat(KeyDelimiter.parse("\\t\\0\\xfF\\\\").find(line, 0, line.length)).isEqualTo(1);
    assertThat(KeyDelimiter.parse("\\t").length()).isEqualTo(1);
    assertThat(KeyDelimiter.parse("a\\tb").length()).isEqualTo(3);
  }

  @Test
  void a_delimiter_is_not_looked_for_behind_the_line() {
    byte[] bytes = "ab:".getBytes(UTF_8);

    assertThat(KeyDelimiter.parse(":").find(bytes, 0, 2)).isEqualTo(-1);
    assertThat(KeyDelimiter.parse("b:").find(bytes, 0, 2)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\\", "\\q", "\\x1", "\\x0a", "a\nb"})
  void what_cannot_delimit_is_refused(String word) {
    assertThatIllegalArgumentException().isThrownBy(() -> KeyDelimiter.parse(word));
  }
}
