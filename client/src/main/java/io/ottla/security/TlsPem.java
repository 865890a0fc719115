package io.ottla.security;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The blocks of a PEM text: what stands between {@code -----BEGIN x-----} and its end. */
final class TlsPem {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  /**
   * One block.
   *
   * @param label what it says it is, for example {@code CERTIFICATE}
   * @param body what lies between, in base64, behind headers if it is of the old kind
   */
  record Block(String label, String body) {
    boolean isCertificate() {
      return label.equals("CERTIFICATE") || label.equals("X509 CERTIFICATE");
    }

    boolean isPrivateKey() {
      return label.endsWith("PRIVATE KEY");
    }

    /** Whether it is encrypted as OpenSSL did before PKCS#8. */
    boolean isEncryptedOldWay() {
      return body.contains("Proc-Type:") && body.contains("ENCRYPTED");
    }

    byte[] der(TlsSource from) {
      try {
        return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
      } catch (IllegalArgumentException broken) {
        throw from.refused("it is damaged: its " + label + " is not base64");
      }
    }

    @Override
    public String toString() {
      return label;
    }
  }

  private TlsPem() {}

  static boolean looksLike(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(BEGIN);
  }

  /** All blocks in order; text around them is skipped. */
  static List<Block> blocks(byte[] bytes, TlsSource from) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    List<Block> blocks = new ArrayList<>();
    int at = text.indexOf(BEGIN);
    while (at >= 0) {
      int labelEnd = text.indexOf(DASHES, at + BEGIN.length());
      String label = labelEnd < 0 ? "" : text.substring(at + BEGIN.length(), labelEnd);
      int end = text.indexOf(END + label + DASHES, at);
      if (labelEnd < 0 || end < 0) {
        throw from.refused("it is cut off: it has no " + END + label + DASHES);
      }
      blocks.add(new Block(label, text.substring(labelEnd + DASHES.length(), end)));
      at = text.indexOf(BEGIN, end);
    }
    if (blocks.isEmpty()) {
      throw from.refused(
          bytes.length == 0 ? "it is empty" : "it is not PEM: there is no -----BEGIN in it");
    }
    return blocks;
  }

  /** The certificates in it, in order; at least one. */
  static List<X509Certificate> certificates(byte[] bytes, TlsSource from) {
    List<Block> blocks = blocks(bytes, from);
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks) {
      if (block.isCertificate()) {
        certificates.add(certificate(block.der(from), from));
      }
    }
    if (certificates.isEmpty()) {
      throw from.refused("it holds no CERTIFICATE, but " + blocks);
    }
    return certificates;
  }

  static X509Certificate certificate(byte[] der, TlsSource from) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException broken) {
      throw from.refused("a CERTIFICATE in it is damaged, or not X.509");
    }
  }
}
