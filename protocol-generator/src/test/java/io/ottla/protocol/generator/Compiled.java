package io.ottla.protocol.generator;

import io.ottla.protocol.generator.definition.DefinitionParser;
import io.ottla.protocol.generator.definition.MessageDefinition.Kind;
import io.ottla.protocol.generator.model.MessageModel;
import io.ottla.protocol.generator.model.Modeller;
import io.ottla.protocol.generator.model.Secrets;
import io.ottla.protocol.generator.rule.ApiKeySource;
import io.ottla.protocol.generator.rule.MessageSource;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Definitions that have become classes. */
public final class Compiled {
  private static final String PACKAGE = Generator.PACKAGE;

  private final ClassLoader classes;

  private Compiled(ClassLoader classes) {
    this.classes = classes;
  }

  /** Generates, compiles and loads messages that are no requests. */
  public static Compiled of(String... definitions) throws IOException {
    return of(Set.of(), definitions);
  }

  /** The same with secret fields. */
  public static Compiled of(Set<String> secrets, String... definitions) throws IOException {
    Map<String, String> sources = new TreeMap<>();
    List<MessageModel> requests = new ArrayList<>();
    Secrets secretFields = new Secrets(secrets);
    for (String definition : definitions) {
      MessageModel model =
          Modeller.model(DefinitionParser.parse("Test.json", definition), secretFields);
      sources.put(path(model.name()), MessageSource.of(model, PACKAGE));
      if (model.kind() == Kind.REQUEST) {
        requests.add(model);
      }
    }
    secretFields.requireAllSeen();
    if (!requests.isEmpty()) {
      requests.sort(Comparator.comparingInt(MessageModel::apiKey));
      sources.put(path("ApiKey"), ApiKeySource.of(requests, PACKAGE));
      for (String name : List.of("ApiMessage", "RequestMessage", "ResponseMessage")) {
        sources.put(path(name), Files.readString(JavaCompiler.sourceRoot().resolve(path(name))));
      }
    }
    return load(JavaCompiler.compile(sources, JavaCompiler.temporaryFolder()));
  }

  private static String path(String name) {
    return PACKAGE.replace('.', '/') + "/" + name + ".java";
  }

  private static Compiled load(Path classes) throws MalformedURLException {
    URL[] urls = {classes.toUri().toURL(), JavaCompiler.Foundation.CLASSES.toUri().toURL()};
    return new Compiled(new URLClassLoader(urls, Compiled.class.getClassLoader()));
  }

  /** A generated class by its name within the package, such as {@code Sample$Part}. */
  public Class<?> type(String name) {
    try {
      return Class.forName(PACKAGE + "." + name, true, classes);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  /** A new message or struct with all its defaults. */
  public Probe create(String name) {
    return new Probe(this, Reflect.create(type(name)));
  }

  Class<?> foundation(String name) {
    try {
      return Class.forName("io.ottla.protocol." + name, true, classes);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
