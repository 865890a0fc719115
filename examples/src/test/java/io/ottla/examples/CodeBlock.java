package io.ottla.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A fenced block of code in one of the project's documents.
 *
 * @param document the document, relative to the project's root
 * @param line the line of the block's first line of code, from 1
 * @param language what stands behind the fence
 * @param code the lines between the fences
 */
record CodeBlock(Path document, int line, String language, String code) {
  private static final Path ROOT = Path.of(System.getProperty("ottla.root", ".."));
  private static final String FENCE = "```";

  /** All blocks of a language in README.md, ARCHITECTURE.md, CONTRIBUTING.md and docs/. */
  static List<CodeBlock> all(String language) throws IOException {
    List<Path> documents = new ArrayList<>();
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      Stream.concat(top, docs)
          .filter(path -> path.toString().endsWith(".md"))
          .sorted()
          .forEach(documents::add);
    }
    List<CodeBlock> blocks = new ArrayList<>();
    for (Path document : documents) {
      read(document, blocks);
    }
    return blocks.stream().filter(block -> block.language.equals(language)).toList();
  }

  private static void read(Path document, List<CodeBlock> blocks) throws IOException {
    List<String> lines = Files.readAllLines(document);
    int opened = -1;
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).startsWith(FENCE)) {
        continue;
      }
      if (opened < 0) {
        opened = i;
      } else {
        String language = lines.get(opened).substring(FENCE.length()).strip();
        String code = String.join("\n", lines.subList(opened + 1, i)) + "\n";
        blocks.add(new CodeBlock(ROOT.relativize(document), opened + 2, language, code));
        opened = -1;
      }
    }
    if (opened >= 0) {
      throw new IllegalStateException(
          document + ":" + (opened + 1) + " opens a fence and never closes it");
    }
  }

  CodeBlock withCode(String other) {
    return new CodeBlock(document, line, language, other);
  }

  @Override
  public String toString() {
    return document + ":" + line;
  }
}
