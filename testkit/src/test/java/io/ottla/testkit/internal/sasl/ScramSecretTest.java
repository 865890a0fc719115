package io.ottla.testkit.internal.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ScramSecretTest {
  /** The example of RFC 7677. */
  @Test
  void the_example_of_the_standard_comes_out() {
    byte[] salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
    ScramHash hash = ScramHash.SHA_256;
    byte[] salted = hash.stretch("pencil".getBytes(StandardCharsets.UTF_8), salt, 4096);
    byte[] said =
        ("n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,"
                + "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0")
            .getBytes(StandardCharsets.UTF_8);

    byte[] serverKey = hash.hmac(salted, "Server Key".getBytes(StandardCharsets.UTF_8));

    assertThat(Base64.getEncoder().encodeToString(hash.hmac(serverKey, said)))
        .isEqualTo("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
  }

  @ParameterizedTest
  @EnumSource
  void stretching_is_the_jdk_s(ScramHash hash) throws Exception {
    int bits = hash == ScramHash.SHA_256 ? 256 : 512;
    byte[] salt = {1, 2, 3, 4};
    PBEKeySpec spec = new PBEKeySpec("secret".toCharArray(), salt, 100, bits);

    assertThat(hash.stretch("secret".getBytes(StandardCharsets.UTF_8), salt, 100))
        .isEqualTo(
            SecretKeyFactory.getInstance("PBKDF2WithHmacSHA" + bits)
                .generateSecret(spec)
                .getEncoded());
  }
}
