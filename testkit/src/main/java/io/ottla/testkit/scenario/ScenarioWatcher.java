package io.ottla.testkit.scenario;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import io.ottla.testkit.scenario.ScenarioResult.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Carries out {@link Scenario}: adds a line for each id to this process's file when a test ends.
 *
 * <p>Thread: that of the test; tests may run at the same time, so the lines of one test are one
 * write at the file's end.
 */
final class ScenarioWatcher implements BeforeEachCallback, TestWatcher {
  /** Where to write, as a configuration parameter of JUnit or a system property. */
  static final String DIRECTORY = "ottla.scenarios";

  /** In the working directory, which is the module's. */
  private static final String DEFAULT_DIRECTORY = "target/scenarios";

  /** JUnit logs and forgets what a watcher throws, so what can go wrong is tried here first. */
  @Override
  public void beforeEach(ExtensionContext context) {
    Method method = context.getRequiredTestMethod();
    Set<String> ids = ids(context);
    if (ids.isEmpty()) {
      throw new ExtensionConfigurationException(method + ": @Scenario names no id");
    }
    for (String id : ids) {
      if (!ScenarioResult.isId(id)) {
        throw new ExtensionConfigurationException(
            "%s: @Scenario(\"%s\"): must be G1 to G100 or L1 to L200".formatted(method, id));
      }
    }
    if (AnnotationSupport.isAnnotated(method, TestFactory.class)) {
      throw new ExtensionConfigurationException(
          method + ": how dynamic tests end is told to no @Scenario; use @ParameterizedTest");
    }
    write(context, "");
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    add(context, Outcome.PASSED);
  }

  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    add(context, Outcome.FAILED);
  }

  @Override
  public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
    add(context, Outcome.ABORTED);
  }

  @Override
  public void testDisabled(ExtensionContext context, Optional<String> reason) {
    add(context, Outcome.DISABLED);
  }

  private static void add(ExtensionContext context, Outcome outcome) {
    Method method = context.getRequiredTestMethod();
    String test = method.getDeclaringClass().getName() + "#" + method.getName();
    StringBuilder lines = new StringBuilder();
    for (String id : ids(context)) {
      if (ScenarioResult.isId(id)) {
        lines.append(new ScenarioResult(id, test, outcome).toLine());
      }
    }
    write(context, lines.toString());
  }

  private static void write(ExtensionContext context, String lines) {
    Path file =
        ScenarioResult.file(
            Path.of(context.getConfigurationParameter(DIRECTORY).orElse(DEFAULT_DIRECTORY)));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, lines, CREATE, APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** Those of the method, of its class, and of the classes around that. */
  private static Set<String> ids(ExtensionContext context) {
    Set<String> ids = new TreeSet<>();
    addIds(context.getRequiredTestMethod(), ids);
    Class<?> type = context.getRequiredTestClass();
    while (type != null) {
      addIds(type, ids);
      type = type.getEnclosingClass();
    }
    return ids;
  }

  private static void addIds(AnnotatedElement element, Set<String> ids) {
    AnnotationSupport.findAnnotation(element, Scenario.class)
        .ifPresent(scenario -> Collections.addAll(ids, scenario.value()));
  }
}
