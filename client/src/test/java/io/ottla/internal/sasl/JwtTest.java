package io.ottla.internal.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.testkit.scenario.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JwtTest {
  @Test
  @Scenario("L200")
  void the_end_is_read_out_of_the_payload() {
    String nested = "{\"a\":{\"exp\":1},\"exp\":1700000000,\"aud\":[\"x\",\"y\"]}";

    assertThat(Jwt.expiresAtMillis(Tokens.jwt(nested))).isEqualTo(1_700_000_000_000L);
    assertThat(Jwt.expiresAtMillis(Tokens.jwt("{\"exp\":1.7e9}"))).isEqualTo(1_700_000_000_000L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"exp\":null}",
        "{\"exp\":\"soon\"}",
        "{\"exp\":-1}",
        "[1]",
        "{\"exp\":",
        "{\"exp\":1e400}"
      })
  void a_payload_that_does_not_say_has_no_end(String payload) {
    assertThat(Jwt.expiresAtMillis(Tokens.jwt(payload))).isEqualTo(Jwt.NO_END);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "opaque", "a.b", "a.!!!.c", "a.b.c.d"})
  void what_is_no_jwt_has_no_end(String token) {
    assertThat(Jwt.expiresAtMillis(token)).isEqualTo(Jwt.NO_END);
  }
}
