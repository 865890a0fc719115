package io.ottla.benchmarks.produce;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/** The values that all clients send, one behind the other: events in JSON, half of them random. */
final class ValuesFile {
  private static final int COUNT = 1024;

  private ValuesFile() {}

  static Path write(Path directory, int bytes) throws IOException {
    Random random = new Random(7);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < COUNT; i++) {
      String event =
          "{\"order\":%d,\"customer\":%d,\"price\":%.2f,\"state\":\"accepted\",\"note\":\"%016x%016x\"}"
              .formatted(
                  100_000 + i,
                  random.nextInt(10_000),
                  random.nextInt(100_000) / 100.0,
                  random.nextLong(),
                  random.nextLong());
      StringBuilder value = new StringBuilder(event);
      while (value.length() < bytes) {
        value.append(Long.toHexString(random.nextLong()).toLowerCase(Locale.ROOT));
      }
      all.append(value, 0, bytes);
    }
    return Files.writeString(directory.resolve("values"), all, StandardCharsets.US_ASCII)
        .toAbsolutePath();
  }
}
