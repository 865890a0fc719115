package io.ottla.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ConfigurationPageTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");
  private static final String COMMAND =
      "mvn -pl client -am test -Dtest=ConfigurationPageTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dottla.rewrite=true";

  @Test
  void the_page_says_what_the_table_says() throws IOException {
    if (Boolean.getBoolean("ottla.rewrite")) {
      Files.writeString(PAGE, ConfigurationPage.text());
    }

    assertThat(PAGE).exists();
    assertThat(Files.readString(PAGE))
        .as("%s is made of the option table; to make it anew: %s", PAGE, COMMAND)
        .isEqualTo(ConfigurationPage.text());
  }
}
