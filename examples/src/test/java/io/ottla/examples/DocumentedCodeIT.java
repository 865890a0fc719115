package io.ottla.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.commons.support.HierarchyTraversalMode.TOP_DOWN;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.RealKafka;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Every block of Java in the documents compiles, and runs: a program against a real broker. */
@RealKafka
class DocumentedCodeIT {
  @Test
  void the_documents_hold_code() throws IOException {
    assertThat(CodeBlock.all("java")).hasSizeGreaterThanOrEqualTo(15);
  }

  @TestFactory
  List<DynamicTest> every_block_of_java_runs(KafkaServer kafka, @TempDir Path classes)
      throws IOException {
    int port = kafka.nodes().get(0).port();
    return CodeBlock.all("java").stream()
        .map(block -> DynamicTest.dynamicTest(block.toString(), () -> run(block, port, classes)))
        .toList();
  }

  private static void run(CodeBlock block, int port, Path classes) throws Exception {
    CodeBlock local = block.withCode(block.code().replace("9092", Integer.toString(port)));
    Class<?> type = JavaBlocks.compile(local, classes);
    boolean isProgram =
        Arrays.stream(type.getMethods())
            .anyMatch(m -> m.getName().equals("main") && Modifier.isStatic(m.getModifiers()));
    if (isProgram) {
      Method main = type.getMethod("main", String[].class);
      main.setAccessible(true); // a page's classes need not be public
      main.invoke(null, (Object) new String[0]);
    } else if (!AnnotationSupport.findAnnotatedMethods(type, Testable.class, TOP_DOWN).isEmpty()) {
      runAsTest(type);
    } // else it is there for the blocks behind it
  }

  private static void runAsTest(Class<?> type) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(type)).build();
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, summary);

    assertThat(summary.getSummary().getFailures()).isEmpty();
    assertThat(summary.getSummary().getTestsSucceededCount()).isPositive();
  }
}
