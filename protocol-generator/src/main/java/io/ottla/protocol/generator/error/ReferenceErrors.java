package io.ottla.protocol.generator.error;

import io.ottla.protocol.generator.definition.DefinitionException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's error codes, out of the enum that a kafka-clients jar has of them. The jar gets a class
 * loader of its own, whose parent only lends it slf4j.
 */
public final class ReferenceErrors {
  private static final String ERRORS = "org.apache.kafka.common.protocol.Errors";
  private static final String RETRIABLE = "org.apache.kafka.common.errors.RetriableException";
  private static final String METADATA = "org.apache.kafka.common.errors.InvalidMetadataException";

  private final String jar;
  private final ClassLoader classes;

  private ReferenceErrors(String jar, ClassLoader classes) {
    this.jar = jar;
    this.classes = classes;
  }

  /**
   * Reads all error codes, ordered by number.
   *
   * @throws DefinitionException if the jar has none, or if our own rules do not fit them
   */
  public static List<ErrorModel> read(Path jar) throws IOException {
    URL[] urls = {jar.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, ReferenceErrors.class.getClassLoader())) {
      return new ReferenceErrors(jar.getFileName().toString(), loader).models();
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new DefinitionException(jar.toString(), ERRORS, "cannot be read: " + e);
    }
  }

  private List<ErrorModel> models() throws ReflectiveOperationException {
    Class<?> errors = Class.forName(ERRORS, true, classes);
    Class<?> retriable = Class.forName(RETRIABLE, false, classes);
    Class<?> metadata = Class.forName(METADATA, false, classes);
    List<ErrorModel> models = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    for (Object error : errors.getEnumConstants()) {
      String name = ((Enum<?>) error).name();
      int code = ((Number) call(errors, error, "code")).intValue();
      Object exception = errors.getMethod("exception").invoke(error);
      names.add(name);
      models.add(
          new ErrorModel(
              code,
              name,
              code == 0 ? "No error." : (String) call(errors, error, "message"),
              retriable.isInstance(exception),
              metadata.isInstance(exception),
              ErrorRules.FINDS_COORDINATOR.contains(name),
              ErrorRules.FATAL.contains(name)));
    }
    check(models, names);
    models.sort(Comparator.comparingInt(ErrorModel::code));
    return models;
  }

  private void check(List<ErrorModel> models, Set<String> names) {
    Set<String> ruled = new TreeSet<>(ErrorRules.FINDS_COORDINATOR);
    ruled.addAll(ErrorRules.FATAL);
    ruled.removeAll(names);
    if (!ruled.isEmpty()) {
      throw new DefinitionException(jar, ERRORS, "does not know what our rules name: " + ruled);
    }
    for (ErrorModel model : models) {
      if (model.fatal() && model.retriable()) {
        throw new DefinitionException(
            jar, ERRORS, model.name() + " is retriable there, but fatal by our rules");
      }
    }
  }

  private static Object call(Class<?> type, Object target, String method)
      throws ReflectiveOperationException {
    @Nullable Object result = type.getMethod(method).invoke(target);
    if (result == null) {
      throw new NoSuchFieldException(target + " has no " + method);
    }
    return result;
  }
}
