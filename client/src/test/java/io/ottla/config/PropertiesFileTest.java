package io.ottla.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.error.ConfigException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PropertiesFileTest {
  private static final int FILES = 500;
  private static final String[] PIECES = {
    "a", "b.c", "=", ":", " ", "\t", "\\", "\\\\", "\n", "\r\n", "\r", "#", "!", "\\n", "\\u00e4",
    "x y", "\f"
  };

  @TempDir private Path directory;

  @Test
  void reads_what_the_jdk_reads() throws Exception {
    long seed = Long.getLong("ottla.seed", new Random().nextLong());
    Random random = new Random(seed);
    for (int i = 0; i < FILES; i++) {
      StringBuilder text = new StringBuilder();
      random.ints(random.nextInt(30), 0, PIECES.length).forEach(at -> text.append(PIECES[at]));
      text.append("\nend"); // a lone backslash at the end is read by the JDK now so, now so
      Properties expected = new Properties();
      expected.load(new StringReader(text.toString()));

      Properties read = new Properties();
      entries(text.toString()).forEach(entry -> read.put(entry.key(), entry.value()));
      assertThat(read).as("-Dottla.seed=%d, <%s>", seed, text).isEqualTo(expected);
    }
  }

  @Test
  void counts_lines_as_an_editor_does() throws Exception {
    List<PropertiesFile.Entry> entries =
        entries("#x\\\na=1\r\nb = 2 \\\n   3\n\n! c=4\n  d:5\\\\\ne 6");

    assertThat(entries)
        .extracting(entry -> entry.key() + "=" + entry.value() + "@" + lineOf(entry))
        .containsExactly("a=1@2", "b=2 3@3", "d=5\\@7", "e=6@8");
  }

  @Test
  void text_is_utf_8_and_else_latin_1() throws Exception {
    Path file = directory.resolve("x.properties");
    Files.write(file, "\uFEFFa=ä".getBytes(StandardCharsets.UTF_8));
    assertThat(PropertiesFile.read(file))
        .extracting(e -> e.key() + e.value())
        .containsExactly("aä");

    Files.write(file, "a=ä".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(PropertiesFile.read(file))
        .extracting(e -> e.key() + e.value())
        .containsExactly("aä");
  }

  @Test
  void a_malformed_line_is_told_without_what_is_in_it() {
    assertThatThrownBy(() -> entries("a=1\nsasl.password=canary\\u12"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("x.properties:2")
        .hasMessageNotContaining("canary");
  }

  private List<PropertiesFile.Entry> entries(String text) throws Exception {
    Path file = directory.resolve("x.properties");
    Files.writeString(file, text);
    return PropertiesFile.read(file);
  }

  private static String lineOf(PropertiesFile.Entry entry) {
    return entry.from().substring(entry.from().lastIndexOf(':') + 1);
  }
}
