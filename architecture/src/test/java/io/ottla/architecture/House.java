package io.ottla.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** All classes of all modules, read once from where the build has put them. */
final class House {
  private static final Path ROOT = Path.of(System.getProperty("ottla.root", ".."));
  private static final List<String> LIBRARIES = List.of("protocol", "client", "testkit");

  /** Every module that holds code, lowest floor first; this one, which is the last, is not here. */
  static final List<String> ALL =
      List.of(
          "protocol-generator", "protocol", "testkit", "client", "cli", "examples", "benchmarks");

  /** What users put on their class path. */
  static final JavaClasses LIBRARY = read(LIBRARIES, "classes");

  /** All that is not a test. */
  static final JavaClasses MAIN = read(ALL, "classes");

  /** The tests of all modules. */
  static final JavaClasses TESTS = read(ALL, "test-classes");

  private House() {}

  /** What a module's build has left. */
  static Path target(String module) {
    return ROOT.resolve(module).resolve("target");
  }

  /** The tests of one module. */
  static JavaClasses testsOf(String module) {
    return read(List.of(module), "test-classes");
  }

  private static JavaClasses read(List<String> modules, String kind) {
    return new ClassFileImporter()
        .importPaths(modules.stream().flatMap(module -> directory(module, kind)).toList());
  }

  private static Stream<Path> directory(String module, String kind) {
    Path directory = target(module).resolve(kind);
    return Files.isDirectory(directory) ? Stream.of(directory) : Stream.empty();
  }
}
