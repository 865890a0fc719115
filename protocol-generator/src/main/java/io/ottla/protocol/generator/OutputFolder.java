package io.ottla.protocol.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The folder of generated sources, and in it the stamp of what they were generated from.
 *
 * <p>Always: a file whose content stays the same is not touched, so that nobody compiles it again.
 */
final class OutputFolder {
  private static final String STAMP = "generated.stamp";

  private final Path root;

  OutputFolder(Path root) {
    this.root = root;
  }

  /** Whether the sources were generated from what has this stamp, and are all there. */
  boolean isUpToDate(String stamp) throws IOException {
    Path file = root.resolve(STAMP);
    if (!Files.exists(file)) {
      return false;
    }
    List<String> lines = Files.readAllLines(file);
    return !lines.isEmpty()
        && lines.get(0).equals(stamp)
        && lines.stream().skip(1).allMatch(name -> Files.exists(root.resolve(name)));
  }

  /** Makes the folder hold exactly these sources, by their paths, and the stamp. */
  void replace(Map<String, String> sources, String stamp) throws IOException {
    Files.createDirectories(root);
    // Without a stamp while it is half done.
    Files.deleteIfExists(root.resolve(STAMP));
    removeAllBut(sources);
    for (Map.Entry<String, String> source : sources.entrySet()) {
      write(root.resolve(source.getKey()), source.getValue());
    }
    Files.writeString(
        root.resolve(STAMP), stamp + "\n" + String.join("\n", sources.keySet()) + "\n");
  }

  private void removeAllBut(Map<String, String> sources) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      String name = root.relativize(file).toString().replace('\\', '/');
      if (name.endsWith(".java") && !sources.containsKey(name)) {
        Files.delete(file);
      }
    }
  }

  private static void write(Path file, String text) throws IOException {
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
  }
}
