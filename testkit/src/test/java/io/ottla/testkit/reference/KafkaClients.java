package io.ottla.testkit.reference;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/** A release of kafka-clients, and the way to run a program with it. */
enum KafkaClients {
  /** That of the class path. */
  CURRENT {
    @Override
    Program load(Class<? extends Program> program) throws ReflectiveOperationException {
      return program.getDeclaredConstructor().newInstance();
    }
  },

  /** An older one, in a class loader of its own. */
  LEGACY {
    @Override
    Program load(Class<? extends Program> program) throws ReflectiveOperationException {
      return LegacyLoader.SHARED
          .loadClass(program.getName())
          .asSubclass(Program.class)
          .getDeclaredConstructor()
          .newInstance();
    }
  };

  abstract Program load(Class<? extends Program> program) throws ReflectiveOperationException;

  /** Runs a program, and fails if the clients warn of what they would not on a real cluster. */
  void run(Class<? extends Program> type, ReferenceCluster cluster) throws Exception {
    Program program = load(type);
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    // Where the clients look for classes that options name.
    Thread.currentThread().setContextClassLoader(program.getClass().getClassLoader());
    try (ClientLog log = ClientLog.watch()) {
      program.run(cluster);
      log.assertQuiet(program.expectedWarnings(), cluster.expectedWarnings());
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  /** Loads the clients and the programs itself, and all else from the class path. */
  private static final class LegacyLoader extends URLClassLoader {
    private static final String JAR_PROPERTY = "ottla.reference.legacy";
    private static final LegacyLoader SHARED = new LegacyLoader();

    private LegacyLoader() {
      super(new URL[] {jar()}, LegacyLoader.class.getClassLoader());
    }

    private static URL jar() {
      String path = System.getProperty(JAR_PROPERTY);
      if (path == null) {
        throw new IllegalStateException(
            "-D" + JAR_PROPERTY + " must name a kafka-clients jar, as testkit/pom.xml does");
      }
      try {
        return Path.of(path).toUri().toURL();
      } catch (MalformedURLException e) {
        throw new IllegalArgumentException(e);
      }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded != null) {
          return loaded;
        }
        if (name.startsWith("org.apache.kafka.")) {
          return findClass(name);
        }
        if (name.startsWith(KafkaClients.class.getPackageName() + ".program.")) {
          return define(name);
        }
        return super.loadClass(name, resolve);
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    @Override
    public URL getResource(String name) {
      URL own = findResource(name);
      return own != null ? own : super.getResource(name);
    }
  }
}
