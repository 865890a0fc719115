package io.ottla.internal.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.error.ConfigException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of JAAS, read as Kafka's clients read them; and where they cannot be, and why. */
final class JaasLineTest {
  private static final String MODULE = "org.apache.kafka.common.security.scram.ScramLoginModule";
  private static final String CANARY = "canary";

  @ParameterizedTest
  @ValueSource(
      strings = {
        MODULE + " required username=\"alice\" password=\"secret\";",
        MODULE + " required\n  username=\"alice\"\n  password=\"secret\"\n;\n",
        MODULE + " REQUIRED username='alice' password='it \"is\"';",
        MODULE + " optional username = alice password=\"a\\\"b\\\\c;=d\" tokenauth=true ;",
        MODULE
            + " sufficient /* who */ username=\"a//b\" // and\n"
            + " password=\"\\101\\7\\4567\\n"
            + "\\t\\q\";",
        MODULE + " requisite;",
        "com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true keyTab=\"/k\"",
        "  " + MODULE + " required a_b-c$d=\"1\"; "
      })
  void is_read_as_kafkas_clients_read_it(String line) {
    // Kafka wants the semicolon; we do not insist on it.
    String forKafka = line.strip().endsWith(";") ? line : line + ";";

    assertSameAsKafka(JaasLine.read(forKafka), forKafka);
  }

  @Test
  void any_password_survives_quotes_and_escapes() {
    long seed = Long.getLong("ottla.seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      String password = password(random);
      String quoted = "\"" + password.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
      String line = MODULE + " required password=" + quoted + " username=alice;";

      JaasLine read = JaasLine.read(line);

      assertThat(read.options()).isEqualTo(Map.of("password", password, "username", "alice"));
      if (i % 50 == 0) {
        assertSameAsKafka(read, line);
      }
    }
  }

  private static String password(Random random) {
    String characters = "ab1\"'\\;= /*/#\t\u00FC\u4E2D$,";
    StringBuilder password = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      password.append(characters.charAt(random.nextInt(characters.length())));
    }
    return password.toString();
  }

  private static void assertSameAsKafka(JaasLine read, String line) {
    AppConfigurationEntry kafkas =
        JaasContext.loadClientContext(Map.of("sasl.jaas.config", new Password(line)))
            .configurationEntries()
            .get(0);
    assertThat(read.module()).isEqualTo(kafkas.getLoginModuleName());
    assertThat(Map.<String, Object>copyOf(read.options())).isEqualTo(kafkas.getOptions());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                            | at its end there should be a login module's class",
        "M                             | at its end there should be required",
        "M canary                      | at character 3 there should be required",
        "M required password           | at its end there should be a =",
        "M required password=\"canary  | at character 21 there should be a closing quote",
        "M required password=\"canary\\| at character 21 there should be a closing quote",
        "M required password=\"a\"canary\"; | at character 30 there should be a = here",
        "M required a=b a=\"canary\";   | at character 16 there should be each option once",
        "M required a=;                | at character 14 there should be a value",
        "M required \"canary\"=b;      | at character 12 there should be an option's name",
        "M required a=b; N canary;     | at character 17 there should be one login module only",
        "M required a=b                | at its end there should be an option's name, or ;",
        "M required /* canary          | at its end there should be an option's name",
      })
  void says_where_it_is_wrong_and_nothing_of_what_is_there(String line, String why) {
    assertThatThrownBy(() -> JaasLine.read(line == null ? "" : line))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("sasl.jaas.config = (hidden) is not accepted: ")
        .hasMessageContaining(why)
        .hasMessageNotContaining(CANARY);
  }

  @Test
  void it_does_not_print() {
    JaasLine line = JaasLine.read("M required canary=\"canary\";");

    assertThat(line.toString()).doesNotContain(CANARY);
    assertThat(line.positions()).isEqualTo(Map.of(CANARY, 12));
    assertThat(List.of(line).toString()).doesNotContain(CANARY);
  }
}
