package io.ottla.protocol.reference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * One release of kafka-clients in a class loader of its own: its definitions and its classes.
 *
 * <p>Always: sees nothing of the test's class path but slf4j, so that no other kafka-clients can
 * answer in its place.
 */
final class ReferenceJar {
  /** The release that Ottla's messages are generated from. */
  static final ReferenceJar CURRENT = open("ottla.reference.current");

  /** The release that still has the versions which the current one dropped. */
  static final ReferenceJar LEGACY = open("ottla.reference.legacy");

  static final List<ReferenceJar> BOTH = List.of(CURRENT, LEGACY);

  private static final String DEFINITIONS = "common/message/";

  private final String release;
  private final ClassLoader classes;
  private final Map<String, Definition> definitions;
  private final ReferenceCodec codec;

  private ReferenceJar(Path jar) throws IOException {
    release = jar.getFileName().toString().replaceAll("^kafka-clients-|\\.jar$", "");
    classes = new URLClassLoader(new URL[] {jar.toUri().toURL()}, new OnlySlf4j());
    definitions = readDefinitions(jar);
    codec = new ReferenceCodec(this);
  }

  private static ReferenceJar open(String property) {
    String path = System.getProperty(property);
    if (path == null) {
      throw new IllegalStateException(
          "-D" + property + " must name a kafka-clients jar, as protocol/pom.xml does");
    }
    try {
      return new ReferenceJar(Path.of(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Definition> readDefinitions(Path path) throws IOException {
    Map<String, Definition> definitions = new TreeMap<>();
    try (JarFile jar = new JarFile(path.toFile())) {
      for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
        if (entry.getName().startsWith(DEFINITIONS) && entry.getName().endsWith(".json")) {
          try (InputStream json = jar.getInputStream(entry)) {
            Definition definition = DefinitionReader.read(json);
            definitions.put(definition.name(), definition);
          }
        }
      }
    }
    return definitions;
  }

  /** For example {@code 4.3.1}. */
  String release() {
    return release;
  }

  /** All definitions by name. */
  Map<String, Definition> definitions() {
    return definitions;
  }

  ReferenceCodec codec() {
    return codec;
  }

  /** A class below {@code org.apache.kafka}. */
  Class<?> load(String name) {
    try {
      return Class.forName("org.apache.kafka." + name, true, classes);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("kafka-clients " + release + " has no " + name, e);
    }
  }

  /** The first of these classes that this release has; some moved between releases. */
  Class<?> loadAny(String... names) {
    for (String name : names) {
      if (classes.getResource("org/apache/kafka/" + name.replace('.', '/') + ".class") != null) {
        return load(name);
      }
    }
    throw new IllegalStateException("kafka-clients " + release + " has none of " + List.of(names));
  }

  @Override
  public String toString() {
    return release;
  }

  /** The JDK's classes and, of the test's class path, slf4j. */
  private static final class OnlySlf4j extends ClassLoader {
    private OnlySlf4j() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith("org.slf4j.")) {
        return Class.forName(name, false, ReferenceJar.class.getClassLoader());
      }
      throw new ClassNotFoundException(name);
    }
  }
}
