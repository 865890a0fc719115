package io.ottla.protocol.generator;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A digest of all that the generated sources depend on: both jars, the options, the generator. */
final class Stamp {
  private Stamp() {}

  static String of(Options options) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    add(digest, options.definitions());
    add(digest, options.legacyDefinitions());
    digest.update(("unstable " + options.unstable()).getBytes(StandardCharsets.UTF_8));
    Path own = ownClasses();
    if (Files.isDirectory(own)) {
      try (Stream<Path> files = Files.walk(own)) {
        List<Path> classes = files.filter(file -> file.toString().endsWith(".class")).toList();
        for (Path file : classes.stream().sorted().toList()) {
          add(digest, file);
        }
      }
    } else {
      add(digest, own);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Length first, so that bytes cannot move from one file to its neighbour unseen. */
  private static void add(MessageDigest digest, Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }

  private static Path ownClasses() {
    try {
      return Path.of(Stamp.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the generator's own classes have no path", e);
    }
  }
}
