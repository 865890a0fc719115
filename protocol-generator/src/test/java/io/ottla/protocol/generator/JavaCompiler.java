package io.ottla.protocol.generator;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** javac in this process, with the warnings that the build of the real messages forbids. */
public final class JavaCompiler {
  private static final String LINT =
      "-Xlint:cast,deprecation,divzero,empty,fallthrough,finally,overrides,rawtypes,static,try,"
          + "unchecked,varargs,removal";

  private JavaCompiler() {}

  /** The hand-written classes that generated ones stand on, compiled once. */
  static final class Foundation {
    static final Path CLASSES = compile();

    private Foundation() {}

    private static Path compile() {
      Path root = sourceRoot().resolve("io/ottla/protocol");
      try (Stream<Path> files = Files.list(root)) {
        List<Path> sources =
            new ArrayList<>(files.filter(f -> f.toString().endsWith(".java")).toList());
        sources.add(root.resolve("message/Message.java"));
        Path classes = temporaryFolder();
        JavaCompiler.compile(sources, classes, "");
        return classes;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Where the hand-written sources of the protocol are. */
  public static Path sourceRoot() {
    return Path.of(System.getProperty("ottla.protocol.sources", "../protocol/src/main/java"));
  }

  /** A new folder that {@code mvn clean} removes. */
  public static Path temporaryFolder() throws IOException {
    return Files.createTempDirectory(Files.createDirectories(Path.of("target", "compiled")), "");
  }

  /** Compiles texts, by their paths, beside the foundation; returns the folder of the classes. */
  public static Path compile(Map<String, String> sources, Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = folder.resolve("sources").resolve(source.getKey());
      Files.createDirectories(file.getParent());
      files.add(Files.writeString(file, source.getValue()));
    }
    Path classes = Files.createDirectories(folder.resolve("classes"));
    compile(files, classes, Foundation.CLASSES.toString());
    return classes;
  }

  private static void compile(List<Path> files, Path classes, String classPath) throws IOException {
    javax.tools.JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    StringWriter log = new StringWriter();
    List<String> options =
        List.of(
            "-d",
            classes.toString(),
            "-classpath",
            classPath + java.io.File.pathSeparator + System.getProperty("java.class.path"),
            "-proc:none",
            "--release",
            "17",
            "-Werror",
            LINT);
    try (StandardJavaFileManager manager = javac.getStandardFileManager(null, null, null)) {
      boolean done =
          javac
              .getTask(
                  log, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
              .call();
      if (!done) {
        throw new AssertionError("javac: " + log);
      }
    }
  }
}
