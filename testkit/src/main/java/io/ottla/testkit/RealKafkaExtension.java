package io.ottla.testkit;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContextException;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/**
 * Carries out {@link RealKafka}.
 *
 * <p>Owns: the servers, each kept in the store of the root or of the class, which closes it.
 */
final class RealKafkaExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        ParameterResolver,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler {
  private static final Namespace NAMESPACE = Namespace.create(RealKafkaExtension.class);

  /** Whose server it is: all classes that say the same, or the one class. */
  private record Key(
      KafkaVersion version, int nodes, List<String> properties, @Nullable Class<?> owner) {}

  @Override
  public void beforeAll(ExtensionContext context) {
    server(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (declaration(context).annotation().shared()) {
      server(context).nodes().forEach(KafkaNode::start);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == KafkaServer.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return server(context);
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withLog(context, failure);
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withLog(context, failure);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withLog(context, failure);
  }

  @Override
  public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withLog(context, failure);
  }

  @Override
  public void handleAfterAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withLog(context, failure);
  }

  private static KafkaServer server(ExtensionContext context) {
    Declaration declaration = declaration(context);
    RealKafka wanted = declaration.annotation();
    Class<?> owner = wanted.shared() ? null : declaration.declaredBy();
    Key key = new Key(wanted.version(), wanted.nodes(), List.of(wanted.properties()), owner);
    return storeFor(context, declaration)
        .computeIfAbsent(key, absent -> start(absent), KafkaServer.class);
  }

  /** The root's store lasts as long as all tests, that of a class as long as its tests. */
  private static Store storeFor(ExtensionContext context, Declaration declaration) {
    if (declaration.annotation().shared()) {
      return context.getRoot().getStore(NAMESPACE);
    }
    ExtensionContext current = context;
    while (!current.getElement().equals(Optional.of(declaration.declaredBy()))) {
      current = current.getParent().orElseThrow();
    }
    return current.getStore(NAMESPACE);
  }

  private static KafkaServer start(Key key) {
    TreeMap<String, String> properties = new TreeMap<>();
    for (String property : key.properties()) {
      int equals = property.indexOf('=');
      if (equals < 1) {
        throw new ExtensionContextException(
            "@RealKafka(properties = \"" + property + "\"): must be key=value");
      }
      properties.put(property.substring(0, equals), property.substring(equals + 1));
    }
    return KafkaServer.builder()
        .version(key.version())
        .nodes(key.nodes())
        .properties(properties)
        .start();
  }

  /**
   * The annotation, and the test class for which it was found: a nested class without one has that
   * around it.
   */
  private record Declaration(RealKafka annotation, Class<?> declaredBy) {}

  private static Declaration declaration(ExtensionContext context) {
    for (Class<?> type = context.getRequiredTestClass();
        type != null;
        type = type.getEnclosingClass()) {
      Optional<RealKafka> found = AnnotationSupport.findAnnotation(type, RealKafka.class);
      if (found.isPresent()) {
        return new Declaration(found.get(), type);
      }
    }
    throw new ExtensionContextException(
        context.getRequiredTestClass() + " asks for a KafkaServer and has no @RealKafka");
  }

  private static Throwable withLog(ExtensionContext context, Throwable failure) {
    if (!(failure instanceof TestAbortedException)) {
      for (KafkaNode node : server(context).nodes()) {
        failure.addSuppressed(new LogOfNode(node));
      }
    }
    return failure;
  }

  /** Carries a log to wherever the failure is printed. */
  private static final class LogOfNode extends Exception {
    private static final long serialVersionUID = 1L;

    LogOfNode(KafkaNode node) {
      super(
          "log of node %d (%s):\n  %s"
              .formatted(
                  node.id(),
                  node.isRunning() ? "running" : "not running",
                  String.join("\n  ", node.logTail())),
          null,
          false,
          false);
    }
  }
}
