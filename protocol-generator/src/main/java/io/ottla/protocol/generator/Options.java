package io.ottla.protocol.generator;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What to generate from, and where to.
 *
 * @param definitions the kafka-clients jar that says which APIs there are
 * @param legacyDefinitions an older one that still has lower versions
 * @param output the root of the generated sources; belongs to the generator
 * @param unstable whether versions that may still change are generated too
 */
record Options(Path definitions, Path legacyDefinitions, Path output, boolean unstable) {
  private static final String USAGE =
      "usage: --definitions JAR --legacy-definitions JAR --output DIR [--unstable]";

  static Options parse(String[] args) {
    Path definitions = null;
    Path legacy = null;
    Path output = null;
    boolean unstable = false;
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--definitions" -> definitions = value(args, ++i);
        case "--legacy-definitions" -> legacy = value(args, ++i);
        case "--output" -> output = value(args, ++i);
        case "--unstable" -> unstable = true;
        default -> throw new IllegalArgumentException("option " + args[i] + "; " + USAGE);
      }
    }
    return new Options(required(definitions), required(legacy), required(output), unstable);
  }

  private static Path value(String[] args, int i) {
    return required(i < args.length ? Path.of(args[i]) : null);
  }

  private static Path required(@Nullable Path path) {
    if (path == null) {
      throw new IllegalArgumentException(USAGE);
    }
    return path;
  }
}
