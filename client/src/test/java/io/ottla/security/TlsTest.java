package io.ottla.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.X509Bundle;
import io.ottla.error.ConfigException;
import io.ottla.pki.Authority;
import io.ottla.testkit.scenario.Scenario;
import java.io.ByteArrayOutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from files and texts, and what is said of those that cannot be. */
@Scenario("L180")
class TlsTest {
  private static final Authority AUTHORITY = new Authority("the authority");
  private static final Authority OTHER = new Authority("the other");
  private static final X509Bundle MINE = AUTHORITY.client("me");
  private static final String SECRET = "secret";

  @TempDir Path directory = Path.of("");

  @Test
  void without_anything_the_jvm_decides_whom_to_trust() {
    Tls tls = Tls.system();

    assertThat(tls.read().trusted()).isEmpty();
    assertThat(tls.read().key()).isEmpty();
    assertThat(tls.readsFiles()).isFalse();
    assertThat(tls.verifiesHostName()).isTrue();
    assertThat(tls.protocols()).containsExactly("TLSv1.3", "TLSv1.2");
    assertThat(tls.engine()).isEqualTo(TlsEngine.AUTO);
  }

  @Test
  void trust_is_read_from_pem_with_other_text_around() throws Exception {
    String pem =
        "# ours\r\n" + AUTHORITY.pem().replace("\n", "\r\n") + "\n  theirs\n" + OTHER.pem();
    Path file = Files.writeString(directory.resolve("ca.pem"), pem);

    assertThat(names(Tls.builder().trust(file))).containsExactly("the authority", "the other");
    assertThat(names(Tls.builder().trustPem(pem))).containsExactly("the authority", "the other");
    assertThat(names(Tls.builder().trustPem(pem.replace("\r\n", "\\n")))).hasSize(2);
    assertThat(names(Tls.builder().trustStore(file, "pem", null))).hasSize(2);
  }

  @Test
  void trust_is_read_from_a_bare_certificate() throws Exception {
    Path file =
        Files.write(directory.resolve("ca.der"), AUTHORITY.bundle().getCertificate().getEncoded());

    assertThat(names(Tls.builder().trust(file))).containsExactly("the authority");
  }

  @ParameterizedTest
  @CsvSource({"PKCS12,PKCS12", "JKS,JKS", "PKCS12,", "JKS,", "PKCS12,JKS", "JKS,PKCS12", "JCEKS,"})
  void trust_is_read_from_stores_of_each_kind(String kind, @Nullable String type) throws Exception {
    Path file =
        store(
            kind,
            store -> {
              store.trust("a", AUTHORITY.bundle().getCertificate());
              store.trust("b", OTHER.bundle().getCertificate());
            });

    assertThat(names(Tls.builder().trustStore(file, type, SECRET)))
        .containsExactlyInAnyOrder("the authority", "the other");
    refused(Tls.builder().trustStore(file, type, "wrong"))
        .hasMessage(
            "tls.trust.password = (hidden) is not accepted: it is not the password of the store "
                + file);
  }

  @Test
  void a_store_that_needs_a_password_and_gets_none_says_so() throws Exception {
    Path file = store("PKCS12", store -> store.trust("a", AUTHORITY.bundle().getCertificate()));

    refused(Tls.builder().trust(file)).hasMessageContaining("set tls.trust.password");
    refused(Tls.builder().keyStore(store("PKCS12", TlsTest::mine), null, null, null))
        .hasMessageStartingWith("tls.key.store.password = (none)");
  }

  @Test
  void certificates_that_openssl_put_into_a_store_are_missed_with_a_reason() {
    Path file = resource("openssl-trust.p12");

    refused(Tls.builder().trustStore(file, "PKCS12", SECRET))
        .hasMessageContaining("tls.trust = " + file)
        .hasMessageContaining("keytool -importcert");
  }

  @ParameterizedTest
  @CsvSource({
    "rsa.pem,rsa-cert.pem,",
    "rsa-pkcs1.pem,rsa-cert.pem,",
    "rsa-pkcs8-aes.pem,rsa-cert.pem,secret",
    "rsa-pkcs8-sha512.pem,rsa-cert.pem,secret",
    "rsa-pkcs8-3des.pem,rsa-cert.pem,secret",
    "ec-sec1.pem,ec-cert.pem,",
    "ed25519.pem,ed25519-cert.pem,",
  })
  void keys_as_openssl_writes_them_are_read(String key, String chain, @Nullable String password) {
    Tls tls = Tls.builder().key(resource(chain), resource(key), password).build();

    assertThat(tls.read().key()).isPresent();
    assertThat(tls.read().chain()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa-pkcs8-aes.pem", "rsa-pkcs8-sha512.pem", "rsa-pkcs8-3des.pem"})
  void a_key_that_is_encrypted_wants_its_password(String name) {
    Path key = resource(name);

    refused(Tls.builder().key(resource("rsa-cert.pem"), key, null))
        .hasMessage(
            "tls.key.password = (none) is not accepted: the key in "
                + key
                + " is encrypted and needs its password");
    refused(Tls.builder().key(resource("rsa-cert.pem"), key, "wrong"))
        .hasMessage(
            "tls.key.password = (hidden) is not accepted: it is not the password of the key in "
                + key);
  }

  @ParameterizedTest
  @CsvSource({
    "rsa-pkcs1-encrypted.pem,openssl pkcs8 -topk8",
    "rsa-pkcs8-scrypt.pem,openssl pkcs8 -topk8",
    "ssh.pem,ssh-keygen",
  })
  void a_key_of_a_kind_that_is_not_read_comes_with_the_command_that_converts_it(
      String name, String command) {
    Path key = resource(name);

    refused(Tls.builder().key(resource("rsa-cert.pem"), key, SECRET))
        .hasMessageStartingWith("tls.key = " + key + " is not accepted: ")
        .hasMessageContaining("convert it: " + command);
  }

  @Test
  void key_and_certificates_may_share_a_file_in_any_order() throws Exception {
    X509Certificate root = AUTHORITY.bundle().getCertificate();
    String all =
        OTHER.pem() + AUTHORITY.pem() + MINE.getPrivateKeyPEM() + "\n" + MINE.getCertificatePEM();
    Path file = Files.writeString(directory.resolve("all.pem"), all);

    for (Tls.Builder how :
        List.of(
            Tls.builder().key(file, file, null),
            Tls.builder().keyStore(file, "PEM", null, null),
            Tls.builder().keyStore(file, null, null, null),
            Tls.builder().keyPem(all, all, null))) {
      TlsMaterial read = how.build().read();
      assertThat(read.chain()).containsExactly(MINE.getCertificate(), root);
      assertThat(read.key()).contains(MINE.getKeyPair().getPrivate());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JKS"})
  void keys_are_read_from_stores_of_each_kind(String kind) throws Exception {
    Path file = store(kind, TlsTest::mine);

    TlsMaterial read = Tls.builder().keyStore(file, kind, SECRET, null).build().read();

    assertThat(read.key()).contains(MINE.getKeyPair().getPrivate());
    assertThat(read.chain()).startsWith(MINE.getCertificate());
    refused(Tls.builder().keyStore(file, kind, "wrong", null))
        .hasMessage(
            "tls.key.store.password = (hidden) is not accepted: it is not the password of the"
                + " store "
                + file);
    refused(Tls.builder().keyStore(file, kind, SECRET, "wrong"))
        .hasMessageStartingWith("tls.key.password = (hidden)");
  }

  @Test
  void a_key_may_have_a_password_of_its_own() throws Exception {
    Path file =
        store(
            "JKS",
            store ->
                store.key("k", MINE.getKeyPair().getPrivate(), "other", MINE.getCertificate()));

    assertThat(Tls.builder().keyStore(file, null, SECRET, "other").build().read().key())
        .isPresent();
    refused(Tls.builder().keyStore(file, null, SECRET, null))
        .hasMessageStartingWith("tls.key.password = (hidden)");
  }

  @Test
  void a_store_that_openssl_made_is_read() {
    Path file = resource("openssl-key.p12");

    assertThat(Tls.builder().keyStore(file, null, SECRET, null).build().read().key()).isPresent();
  }

  @Test
  void of_several_keys_one_is_chosen_by_name() throws Exception {
    X509Bundle second = AUTHORITY.client("second");
    Path file =
        store(
            "PKCS12",
            store -> {
              store.key("one", MINE.getKeyPair().getPrivate(), SECRET, MINE.getCertificate());
              store.key("two", second.getKeyPair().getPrivate(), SECRET, second.getCertificate());
            });
    Tls.Builder how = Tls.builder().keyStore(file, null, SECRET, null);

    refused(how)
        .hasMessageContaining("it holds the keys [one, two]; choose one with tls.key.alias");
    assertThat(how.keyAlias("two").build().read().chain()).startsWith(second.getCertificate());
    refused(how.keyAlias("three"))
        .hasMessage(
            "tls.key.alias = three is not accepted: "
                + file
                + " has no key of this name; it has [one, two]");
  }

  @Test
  void a_key_of_another_certificate_is_refused() throws Exception {
    Path chain = Files.writeString(directory.resolve("c.pem"), MINE.getCertificatePEM());
    Path key =
        Files.writeString(directory.resolve("k.pem"), AUTHORITY.client("x").getPrivateKeyPEM());

    refused(Tls.builder().key(chain, key, null))
        .hasMessage(
            "tls.key = "
                + key
                + " is not accepted: this key does not belong to the certificate of CN=me in "
                + chain
                + "; take the key that the certificate was requested with");
    refused(Tls.builder().key(resource("rsa-cert.pem"), key, null))
        .hasMessageContaining("does not belong to the certificate of CN=rsa client");
  }

  @Test
  void what_is_wrong_with_a_file_is_said() throws Exception {
    Path missing = directory.resolve("missing.pem");
    refused(Tls.builder().trust(missing))
        .hasMessage("tls.trust = " + missing + " is not accepted: there is no such file");
    refused(Tls.builder().key(missing, resource("rsa.pem"), null))
        .hasMessage("tls.certificate = " + missing + " is not accepted: there is no such file");
    refused(Tls.builder().trust(directory)).hasMessageContaining("it is a directory, not a file");
    refused(Tls.builder().trust(file(""))).hasMessageContaining("it is empty");
    refused(Tls.builder().trust(file("hello"))).hasMessageContaining("neither PEM nor a PKCS12");
    refused(Tls.builder().trustStore(file("hello"), "PEM", null))
        .hasMessageContaining("it is not PEM: there is no -----BEGIN in it");
    refused(Tls.builder().trustStore(file(AUTHORITY.pem()), "JKS", SECRET))
        .hasMessageContaining("it is PEM, not JKS; set its type to PEM");
    refused(Tls.builder().trustStore(file("0000"), "BCFKS", SECRET))
        .hasMessageContaining("knows no stores of type BCFKS");
    refused(Tls.builder().trust(file(AUTHORITY.pem().substring(0, 300))))
        .hasMessageContaining("it is cut off: it has no -----END CERTIFICATE-----");
    refused(Tls.builder().trustPem(AUTHORITY.pem().replace("MII", "*II")))
        .hasMessageContaining("tls.trust.pem = (inline)")
        .hasMessageContaining("it is damaged: its CERTIFICATE is not base64");
    refused(Tls.builder().trustPem("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"))
        .hasMessageContaining("a CERTIFICATE in it is damaged, or not X.509");
    refused(Tls.builder().trustPem(MINE.getPrivateKeyPEM()))
        .hasMessageContaining("it holds no CERTIFICATE, but [PRIVATE KEY]");
    refused(Tls.builder().keyPem(MINE.getCertificatePEM(), AUTHORITY.pem(), null))
        .hasMessageContaining("it holds no PRIVATE KEY, but [CERTIFICATE]");
  }

  @Test
  void broken_keys_of_each_kind_are_refused() {
    for (String label :
        List.of("PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY")) {
      for (String body : List.of("", "MAA=", "MIID", "MIT/////", "AAAAAAAA")) {
        String pem = "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----";
        refused(Tls.builder().keyPem(MINE.getCertificatePEM(), pem, SECRET))
            .hasMessageContaining("tls.key.pem = (inline)");
      }
    }
  }

  @Test
  void options_out_of_range_are_refused() {
    refused(Tls.builder().protocols("TLSv1.1")).hasMessageContaining("tls.protocols = TLSv1.1");
    refused(Tls.builder().protocols()).hasMessageContaining("tls.protocols = (none)");
    refused(Tls.builder().reloadInterval(Duration.ofNanos(1)))
        .hasMessageContaining("tls.reload.interval");
    refused(Tls.builder().reloadInterval(Duration.ofDays(2)))
        .hasMessageContaining("1 ms to 1 day, or 0 for never");
    assertThat(Tls.builder().reloadInterval(Duration.ZERO).build().reloadInterval()).isZero();
  }

  @Test
  void the_fingerprint_follows_the_contents() throws Exception {
    Path file = file(AUTHORITY.pem());
    Tls tls = Tls.builder().trust(file).build();
    String first = tls.fingerprint();

    Files.writeString(file, AUTHORITY.pem());
    assertThat(tls.fingerprint()).isEqualTo(first);
    Files.writeString(file, OTHER.pem());
    assertThat(tls.fingerprint()).isNotEqualTo(first);
    Files.delete(file);
    assertThat(tls.fingerprint()).isNotEqualTo(first).isNotEqualTo(Tls.system().fingerprint());
  }

  @Test
  void secrets_never_print() throws Exception {
    String keyText = MINE.getPrivateKeyPEM();
    String inKey = keyText.substring(40, 70);
    Path store = store("PKCS12", TlsTest::mine);
    Tls stores =
        Tls.builder().trustStore(store, null, SECRET).keyStore(store, null, SECRET, SECRET).build();
    Tls inline =
        Tls.builder()
            .trustPem(AUTHORITY.pem())
            .keyPem(MINE.getCertificatePEM(), keyText, SECRET)
            .build();

    for (Object printed : List.of(stores, inline, stores.read(), inline.read())) {
      assertThat(printed.toString()).doesNotContain(SECRET, inKey);
    }
    for (Tls.Builder how :
        List.of(
            Tls.builder().keyStore(store, null, "hush-hush", null),
            Tls.builder().keyStore(store, null, SECRET, "hush-hush"),
            Tls.builder().trustStore(store, null, "hush-hush"),
            Tls.builder().keyPem(AUTHORITY.pem(), keyText, "hush-hush"),
            Tls.builder().keyPem(keyText, keyText, "hush-hush"),
            Tls.builder().key(resource("rsa-cert.pem"), resource("rsa-pkcs8-aes.pem"), "hush-hush"),
            Tls.builder().keyPem("x", keyText.substring(0, 90), "hush-hush"))) {
      assertThatThrownBy(how::build)
          .isInstanceOf(ConfigException.class)
          .hasNoCause()
          .satisfies(e -> assertThat(e.toString()).doesNotContain("hush-hush", inKey));
    }
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refused(
      Tls.Builder how) {
    return assertThatThrownBy(how::build).isInstanceOf(ConfigException.class);
  }

  private static List<String> names(Tls.Builder how) {
    return how.build().read().trusted().stream()
        .map(each -> each.getSubjectX500Principal().getName().substring("CN=".length()))
        .toList();
  }

  private Path file(String text) throws Exception {
    return Files.writeString(Files.createTempFile(directory, "any", ".pem"), text);
  }

  private static Path resource(String name) {
    URL url = Objects.requireNonNull(TlsTest.class.getResource("/tls/" + name), name);
    return Path.of(java.net.URI.create(url.toString()));
  }

  private static void mine(Store store) {
    store.key(
        "me",
        MINE.getKeyPair().getPrivate(),
        SECRET,
        MINE.getCertificate(),
        AUTHORITY.bundle().getCertificate());
  }

  private Path store(String kind, Consumer<Store> filling) throws Exception {
    KeyStore store = KeyStore.getInstance(kind);
    store.load(null, null);
    filling.accept(new Store(store));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    store.store(bytes, SECRET.toCharArray());
    return Files.write(Files.createTempFile(directory, "store", "." + kind), bytes.toByteArray());
  }

  /** A store that is being filled. */
  private record Store(KeyStore store) {
    void trust(String alias, Certificate certificate) {
      try {
        store.setCertificateEntry(alias, certificate);
      } catch (java.security.KeyStoreException e) {
        throw new AssertionError(e);
      }
    }

    void key(String alias, PrivateKey key, String password, Certificate... chain) {
      try {
        store.setKeyEntry(alias, key, password.toCharArray(), chain);
      } catch (java.security.KeyStoreException e) {
        throw new AssertionError(e);
      }
    }
  }
}
