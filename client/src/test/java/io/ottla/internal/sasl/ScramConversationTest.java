package io.ottla.internal.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.error.AuthenticationException;
import io.ottla.testkit.scenario.Scenario;
import java.nio.ByteBuffer;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client's side of SCRAM against the published example, and against brokers that are none. */
final class ScramConversationTest {
  // The example of RFC 7677, section 3.
  private static final String NONCE = "rOprNGfwEbeRWgbNEkqO";
  private static final String BROKER_NONCE = NONCE + "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
  private static final String SALT = "W22ZaJ0SNY7soEsUEjb6gQ==";
  private static final String SERVER_FIRST = "r=" + BROKER_NONCE + ",s=" + SALT + ",i=4096";
  private static final String SERVER_FINAL = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

  private final ScramKeyCache cache = new ScramKeyCache();

  private ScramConversation conversation(String user, String password) {
    return new ScramConversation(ScramHash.SHA_256, user, "", password, NONCE, cache);
  }

  private ScramConversation conversation() {
    return conversation("user", "pencil");
  }

  @Test
  @Scenario("L200")
  void the_example_of_the_rfc_is_spoken_word_by_word() {
    ScramConversation conversation = conversation();

    assertThat(text(conversation.clientFirst())).isEqualTo("n,,n=user,r=" + NONCE);
    assertThat(text(conversation.clientFinal(bytes(SERVER_FIRST))))
        .isEqualTo("c=biws,r=" + BROKER_NONCE + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
    conversation.verify(bytes(SERVER_FINAL));
  }

  @ParameterizedTest
  @EnumSource
  void the_salted_password_is_pbkdf2(ScramHash hash) throws Exception {
    byte[] salt = "salt of no special length".getBytes(UTF_8);
    int bits = hash == ScramHash.SHA_256 ? 256 : 512;
    byte[] expected =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA" + bits)
            .generateSecret(new PBEKeySpec("pencil".toCharArray(), salt, 5_000, bits))
            .getEncoded();

    assertThat(hash.salted("pencil".getBytes(UTF_8), ByteBuffer.wrap(salt), 5_000))
        .isEqualTo(expected);
  }

  @Test
  void commas_and_equals_signs_in_a_name_are_escaped() {
    assertThat(text(conversation("a=b,c", "x").clientFirst()))
        .isEqualTo("n,,n=a=3Db=2Cc,r=" + NONCE);
  }

  @Test
  void each_conversation_has_a_nonce_of_its_own() {
    assertThat(fresh()).isNotEqualTo(fresh());
  }

  private String fresh() {
    return text(ScramConversation.begin(ScramHash.SHA_512, "u", "p", false, cache).clientFirst());
  }

  @Test
  void a_delegation_token_says_that_it_is_one() {
    ScramConversation conversation =
        ScramConversation.begin(ScramHash.SHA_512, "id", "hmac", true, cache);

    assertThat(text(conversation.clientFirst())).matches("n,,n=id,r=[^,]+,tokenauth=true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"100000000", "1000001", "4095", "1", "0", "-4096", "many", "99999999999"})
  void iterations_that_are_too_few_or_too_many_are_refused(String iterations) {
    assertRefused("r=" + BROKER_NONCE + ",s=" + SALT + ",i=" + iterations, "4096 to 1000000");

    assertThat(cache.derived()).as("derived before it was refused").isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {NONCE, "another" + NONCE, "rOprNGfwEbeRWgbNEkqX0000", ""})
  void a_nonce_that_does_not_extend_ours_is_refused(String nonce) {
    assertRefused("r=" + nonce + ",s=" + SALT + ",i=4096", "nonce");
  }

  @Test
  void what_is_no_message_of_scram_is_refused() {
    assertRefused("", "no r=");
    assertRefused("HTTP/1.1 400 Bad Request", "no r=");
    assertRefused("m=more," + SERVER_FIRST, "extension");
    assertRefused("r=" + BROKER_NONCE + ",i=4096", "no s=");
    assertRefused("r=" + BROKER_NONCE + ",s=!,i=4096", "base64");
    assertRefused("r=" + BROKER_NONCE + ",s=,i=4096", "salt is empty");
    assertRefused("r=" + BROKER_NONCE + ",s=" + SALT, "no i=");
    assertRefused("r=" + "x".repeat(9_000), "bytes long");
  }

  private void assertRefused(String serverFirst, String why) {
    assertThatThrownBy(() -> conversation().clientFinal(bytes(serverFirst)))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v=", "v=AAAA", "v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", ""})
  void a_broker_that_does_not_know_the_password_is_none(String serverFinal) {
    ScramConversation conversation = conversation();
    conversation.clientFinal(bytes(SERVER_FIRST));

    assertThatThrownBy(() -> conversation.verify(bytes(serverFinal)))
        .isInstanceOf(AuthenticationException.class);
  }

  @Test
  void the_brokers_reason_is_told() {
    ScramConversation conversation = conversation();
    conversation.clientFinal(bytes(SERVER_FIRST));

    assertThatThrownBy(() -> conversation.verify(bytes("e=invalid-proof")))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("invalid-proof");
  }

  @Test
  void keys_are_derived_once_for_a_thousand_connections() {
    for (int i = 0; i < 1_000; i++) {
      conversation().clientFinal(bytes(SERVER_FIRST));
    }

    assertThat(cache.derived()).isEqualTo(1);
  }

  @Test
  void another_salt_iterations_or_password_means_other_keys() {
    proof("pencil", SALT, 4_096);
    proof("pencil", "AAAA", 4_096);
    proof("pencil", SALT, 4_097);
    assertThat(cache.derived()).isEqualTo(3);

    String ofAnother = proof("brush", SALT, 4_096);
    assertThat(cache.derived()).isEqualTo(4);

    assertThat(proof("pencil", SALT, 4_096)).isNotEqualTo(ofAnother);
    assertThat(cache.derived()).as("the old password's keys were kept").isEqualTo(5);
  }

  @Test
  void few_keys_are_kept() {
    for (int i = 0; i < 9; i++) {
      proof("pencil", SALT, 4_096 + i);
    }
    proof("pencil", SALT, 4_096 + 8);
    assertThat(cache.derived()).isEqualTo(9);

    proof("pencil", SALT, 4_096);
    assertThat(cache.derived()).isEqualTo(10);
  }

  private String proof(String password, String salt, int iterations) {
    String challenge = "r=" + BROKER_NONCE + ",s=" + salt + ",i=" + iterations;
    return text(conversation("user", password).clientFinal(bytes(challenge)));
  }

  @Test
  void nothing_of_it_prints_a_secret() {
    ScramKeys keys =
        ScramKeys.derive(
            ScramHash.SHA_256, "pencil", ByteBuffer.wrap(Base64.getDecoder().decode(SALT)), 4_096);

    assertThat(keys + " " + cache + " " + conversation())
        .doesNotContain("pencil")
        .contains("hidden");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
