package io.ottla.testkit.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TestCertificatesTest {
  private static final int DNS = 2;
  private static final int IP = 7;

  private final TestCertificates authority = TestCertificates.create();

  @Test
  void a_server_certificate_is_good_for_its_names_and_nothing_else() throws Exception {
    X509Certificate certificate = authority.server("localhost", "127.0.0.1").certificate();

    assertThat(certificate.getSubjectAlternativeNames())
        .containsExactlyInAnyOrder(List.of(DNS, "localhost"), List.of(IP, "127.0.0.1"));
    assertThatCode(certificate::checkValidity).doesNotThrowAnyException();
    assertThat(certificate.getBasicConstraints()).as("is no authority").isNegative();
  }

  @Test
  void what_an_authority_issues_no_other_has_signed() {
    X509Certificate certificate = authority.client("alice").certificate();

    assertThatCode(() -> certificate.verify(authority.certificate().getPublicKey()))
        .doesNotThrowAnyException();
    assertThatThrownBy(
            () -> certificate.verify(TestCertificates.create().certificate().getPublicKey()))
        .isInstanceOf(java.security.SignatureException.class);
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=alice");
  }

  @Test
  void certificates_may_be_too_old_and_too_young() {
    assertThatThrownBy(() -> authority.expired("localhost").certificate().checkValidity())
        .isInstanceOf(CertificateExpiredException.class);
    assertThatThrownBy(() -> authority.notYetValid("localhost").certificate().checkValidity())
        .isInstanceOf(CertificateNotYetValidException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JKS"})
  void stores_open_with_their_passwords(String type, @TempDir Path directory) throws Exception {
    TestCertificate server = authority.server("localhost");

    KeyStore keys =
        load(server.writeKeyStore(directory.resolve("keys"), type, "store-1", "key-22"), type);
    KeyStore trusted =
        load(authority.writeTrustStore(directory.resolve("trusted"), type, "store-1"), type);

    Key key = keys.getKey("test", "key-22".toCharArray());
    assertThat(key.getEncoded()).isEqualTo(server.privateKey().getEncoded());
    assertThat(keys.getCertificate("test")).isEqualTo(server.certificate());
    assertThat(trusted.getCertificate("authority")).isEqualTo(authority.certificate());
  }

  @Test
  void pem_holds_what_the_certificate_is(@TempDir Path directory) throws Exception {
    TestCertificate server = authority.server("localhost");

    String both = Files.readString(server.writePem(directory.resolve("both.pem")));

    byte[] chain = server.chainPem().getBytes(StandardCharsets.US_ASCII);
    assertThat(
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(chain)))
        .isEqualTo(server.certificate());
    assertThat(der(server.keyPem())).isEqualTo(server.privateKey().getEncoded());
    assertThat(both).isEqualTo(server.keyPem() + server.chainPem());
  }

  @Test
  void an_encrypted_key_opens_with_its_password_alone() throws Exception {
    TestCertificate server = authority.server("localhost");

    EncryptedPrivateKeyInfo key = new EncryptedPrivateKeyInfo(der(server.keyPem("open-it")));

    assertThat(decrypt(key, "open-it")).isEqualTo(server.privateKey().getEncoded());
    assertThatThrownBy(() -> decrypt(key, "or-not")).isInstanceOf(Exception.class);
  }

  @Test
  void a_library_that_is_missing_is_named() {
    assertThatThrownBy(() -> Issuer.checkLibrary("io.netty.pkitesting.NotThere"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("io.netty:netty-pkitesting")
        .hasMessageContaining("scope test");
  }

  @Test
  void a_certificate_does_not_print_its_key() {
    TestCertificate server = authority.server("localhost");

    assertThat(server).hasToString("certificate of CN=broker");
  }

  private static byte[] decrypt(EncryptedPrivateKeyInfo key, String password) throws Exception {
    String algorithm = key.getAlgParameters().toString();
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(
        Cipher.DECRYPT_MODE,
        SecretKeyFactory.getInstance(algorithm)
            .generateSecret(new PBEKeySpec(password.toCharArray())),
        key.getAlgParameters());
    return key.getKeySpec(cipher).getEncoded();
  }

  private static byte[] der(String pem) {
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
  }

  private static KeyStore load(Path file, String type) throws Exception {
    KeyStore store = KeyStore.getInstance(type);
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, "store-1".toCharArray());
    }
    return store;
  }
}
