package io.ottla.testkit.fake;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.opentest4j.TestAbortedException;

/**
 * Carries out {@link FakeKafka}.
 *
 * <p>Owns: the clusters of each test, kept in the test's store, which closes them.
 */
final class FakeKafkaExtension
    implements BeforeEachCallback,
        AfterEachCallback,
        ParameterResolver,
        TestExecutionExceptionHandler {
  private static final Namespace NAMESPACE = Namespace.create(FakeKafkaExtension.class);
  private static final int TOLD_REQUESTS = 20;

  /** The clusters of one test, by what describes them. */
  private static final class Clusters implements AutoCloseable {
    private final Map<AnnotatedElement, FakeCluster> running = new LinkedHashMap<>();

    FakeCluster get(AnnotatedElement described, FakeKafka how) {
      return running.computeIfAbsent(described, absent -> start(how));
    }

    /** Those that the test has not closed. */
    List<FakeCluster> open() {
      return running.values().stream().filter(FakeCluster::isOpen).toList();
    }

    @Override
    public void close() {
      running.values().forEach(FakeCluster::close);
    }
  }

  private record Described(AnnotatedElement element, FakeKafka how) {}

  /** So that a constructor's cluster is that of the test, and not of all tests of the class. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == FakeCluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    if (context.getTestMethod().isEmpty()) {
      throw new ExtensionConfigurationException(
          parameter.getDeclaringExecutable()
              + ": a fake cluster belongs to one test, and none runs yet or any more");
    }
    Optional<FakeKafka> own = parameter.findAnnotation(FakeKafka.class);
    Described described =
        own.isPresent() ? new Described(parameter.getParameter(), own.get()) : ofTest(context);
    return clusters(context).get(described.element, described.how);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IllegalAccessException {
    for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
      for (Field field :
          AnnotationSupport.findAnnotatedFields(
              instance.getClass(), FakeKafka.class, all -> true, HierarchyTraversalMode.TOP_DOWN)) {
        inject(field, instance, context);
      }
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    List<String> refusals = new ArrayList<>();
    clusters(context).open().forEach(cluster -> refusals.addAll(cluster.refusals()));
    if (!refusals.isEmpty()) {
      throw new AssertionError(
          "the fake cluster could not do what it was asked for, so the test has proved nothing"
              + " (if it expects that, clearRefusals()):\n  "
              + String.join("\n  ", refusals));
    }
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    if (!(failure instanceof TestAbortedException)) {
      for (FakeCluster cluster : clusters(context).open()) {
        failure.addSuppressed(new LatestRequests(cluster));
      }
    }
    throw failure;
  }

  private static void inject(Field field, Object instance, ExtensionContext context)
      throws IllegalAccessException {
    int modifiers = field.getModifiers();
    if (field.getType() != FakeCluster.class
        || Modifier.isStatic(modifiers)
        || Modifier.isFinal(modifiers)) {
      throw new ExtensionConfigurationException(
          "@FakeKafka on %s: must be a FakeCluster, neither static nor final".formatted(field));
    }
    field.setAccessible(true);
    field.set(instance, clusters(context).get(field, field.getAnnotation(FakeKafka.class)));
  }

  private static Clusters clusters(ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(Clusters.class, absent -> new Clusters(), Clusters.class);
  }

  /** The description on the test, on its class, or on a class around that. */
  private static Described ofTest(ExtensionContext context) {
    AnnotatedElement test = context.getRequiredTestMethod();
    Optional<FakeKafka> found = AnnotationSupport.findAnnotation(test, FakeKafka.class);
    Class<?> type = context.getRequiredTestClass();
    while (found.isEmpty() && type != null) {
      found = AnnotationSupport.findAnnotation(type, FakeKafka.class);
      type = type.getEnclosingClass();
    }
    return new Described(
        test,
        found.orElseThrow(
            () ->
                new ExtensionConfigurationException(
                    test + " asks for a FakeCluster that no @FakeKafka describes")));
  }

  private static FakeCluster start(FakeKafka how) {
    FakeClusterBuilder builder =
        FakeCluster.builder().brokers(how.brokers()).release(how.release());
    if (how.racks().length > 0) {
      builder.racks(how.racks());
    }
    if (how.manualClock()) {
      builder.manualClock();
    }
    for (String topic : how.topics()) {
      int colon = topic.indexOf(':');
      String name = colon < 0 ? topic : topic.substring(0, colon);
      builder.topic(name, colon < 0 ? 1 : partitions(topic, topic.substring(colon + 1)));
    }
    for (String entry : how.config()) {
      int equals = entry.indexOf('=');
      if (equals < 1) {
        throw new ExtensionConfigurationException(
            "@FakeKafka(config = \"%s\"): must be key=value".formatted(entry));
      }
      builder.config(entry.substring(0, equals), entry.substring(equals + 1));
    }
    return builder.start();
  }

  private static int partitions(String topic, String number) {
    try {
      return Integer.parseInt(number);
    } catch (NumberFormatException notOne) {
      throw new ExtensionConfigurationException(
          "@FakeKafka(topics = \"%s\"): must be name:partitions".formatted(topic), notOne);
    }
  }

  /** Carries what a cluster was asked last to wherever the failure is printed. */
  private static final class LatestRequests extends Exception {
    private static final long serialVersionUID = 1L;

    LatestRequests(FakeCluster cluster) {
      super(cluster + " was asked last:" + lines(cluster.requests().all()), null, false, false);
    }

    private static String lines(List<SeenRequest> all) {
      StringBuilder lines = new StringBuilder();
      for (SeenRequest request : all.subList(Math.max(0, all.size() - TOLD_REQUESTS), all.size())) {
        lines.append("\n  ").append(request);
        lines.append(request.answer().isPresent() ? "" : ", not answered");
      }
      return lines.toString();
    }
  }
}
