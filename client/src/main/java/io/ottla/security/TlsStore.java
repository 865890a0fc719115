package io.ottla.security;

import io.ottla.error.ConfigException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A PKCS#12, JKS or other store of Java's. What it is is told from its first bytes. */
final class TlsStore {
  private static final int JKS = 0xFEEDFEED;
  private static final int JCEKS = 0xCECECECE;
  private static final int DER_SEQUENCE = 0x30;

  private final TlsSource from;
  private final KeyStore store;
  private final boolean hasPassword;

  private TlsStore(TlsSource from, KeyStore store, boolean hasPassword) {
    this.from = from;
    this.store = store;
    this.hasPassword = hasPassword;
  }

  /**
   * Whether it is a PEM text rather than a store, by what it is said to be, else by its content.
   */
  static boolean isPem(byte[] bytes, @Nullable String type, TlsSource from) {
    boolean looksLikePem = TlsPem.looksLike(bytes);
    if (type == null) {
      return looksLikePem || bytes.length == 0;
    }
    boolean saysPem = type.toUpperCase(Locale.ROOT).equals("PEM");
    if (looksLikePem && !saysPem) {
      throw from.refused("it is PEM, not " + type + "; set its type to PEM, or leave it out");
    }
    return saysPem;
  }

  static TlsStore open(
      byte[] bytes,
      @Nullable String type,
      TlsSource from,
      String passwordOption,
      @Nullable String password) {
    String kind = kind(bytes, type, from);
    try {
      KeyStore store = KeyStore.getInstance(kind);
      store.load(new ByteArrayInputStream(bytes), password == null ? null : password.toCharArray());
      return new TlsStore(from, store, password != null);
    } catch (KeyStoreException unknown) {
      throw from.refused("this JVM knows no stores of type " + kind + "; use PEM, PKCS12 or JKS");
    } catch (IOException failed) {
      if (failed.getCause() instanceof UnrecoverableKeyException) {
        throw new ConfigException(
            passwordOption, "(hidden)", "it is not the password of the store " + from);
      }
      throw from.refused("it is no " + kind + " store, or it is damaged");
    } catch (GeneralSecurityException failed) {
      throw from.refused("this JVM cannot read what is in it");
    }
  }

  private static String kind(byte[] bytes, @Nullable String type, TlsSource from) {
    int first = bytes.length < 4 ? 0 : new java.math.BigInteger(bytes, 0, 4).intValue();
    if (first == JKS) {
      return "JKS";
    }
    if (first == JCEKS) {
      return "JCEKS";
    }
    boolean isKnown = type == null || type.matches("(?i)JKS|PKCS12");
    if (first >>> 24 == DER_SEQUENCE && isKnown) {
      return "PKCS12";
    }
    if (isKnown) {
      throw from.refused("it is neither PEM nor a PKCS12 or JKS store");
    }
    return String.valueOf(type);
  }

  /** The certificates that it trusts; at least one. */
  List<X509Certificate> trusted() {
    List<X509Certificate> trusted = new ArrayList<>();
    try {
      for (String alias : Collections.list(store.aliases())) {
        if (store.getCertificate(alias) instanceof X509Certificate certificate) {
          trusted.add(certificate);
        }
      }
    } catch (KeyStoreException impossible) {
      throw new IllegalStateException(impossible); // it is loaded
    }
    if (trusted.isEmpty()) {
      throw from.refused(
          hasPassword
              ? "it holds no trusted certificate; those that openssl puts into PKCS12 do not count"
                  + " as trusted: add them with keytool -importcert, or give them as PEM"
              : "nothing in it can be read without a password; set tls.trust.password");
    }
    return trusted;
  }

  /** The alias of the key to use: the only one, or the one that was asked for. */
  String keyAlias(@Nullable String wanted) {
    List<String> aliases = new ArrayList<>();
    try {
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          aliases.add(alias);
        }
      }
      if (wanted != null && !store.isKeyEntry(wanted)) {
        throw new ConfigException(
            "tls.key.alias", wanted, from + " has no key of this name; it has " + aliases);
      }
    } catch (KeyStoreException impossible) {
      throw new IllegalStateException(impossible); // it is loaded
    }
    if (wanted != null) {
      return wanted;
    }
    if (aliases.isEmpty()) {
      throw from.refused(
          hasPassword
              ? "it holds no private key"
              : "no key in it can be read; it may need tls.key.store.password");
    }
    if (aliases.size() > 1) {
      throw from.refused("it holds the keys " + aliases + "; choose one with tls.key.alias");
    }
    return aliases.get(0);
  }

  PrivateKey key(String alias, @Nullable String password) {
    try {
      Key key = store.getKey(alias, password == null ? null : password.toCharArray());
      if (key instanceof PrivateKey secret) {
        return secret;
      }
      throw from.refused("its entry " + alias + " is no private key");
    } catch (UnrecoverableKeyException wrong) {
      throw password == null
          ? new ConfigException(
              "tls.key.store.password", "(none)", "the key in " + from + " needs its password")
          : TlsPrivateKeys.wrongPassword(from);
    } catch (GeneralSecurityException unknown) {
      throw from.refused("this JVM cannot read its key " + alias);
    }
  }

  List<X509Certificate> chain(String alias) {
    try {
      Certificate[] chain = store.getCertificateChain(alias);
      if (chain == null || chain.length == 0) {
        throw from.refused("its key " + alias + " has no certificate");
      }
      return Stream.of(chain).map(X509Certificate.class::cast).toList();
    } catch (KeyStoreException impossible) {
      throw new IllegalStateException(impossible); // it is loaded
    }
  }
}
