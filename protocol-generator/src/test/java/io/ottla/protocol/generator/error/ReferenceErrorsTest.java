package io.ottla.protocol.generator.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.protocol.generator.JavaCompiler;
import io.ottla.protocol.generator.ReferenceJar;
import io.ottla.protocol.generator.Reflect;
import io.ottla.protocol.generator.definition.DefinitionException;
import io.ottla.protocol.generator.rule.ErrorCodeSource;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReferenceErrorsTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void codes_answer_as_their_exceptions_and_our_rules_say() throws Exception {
    List<ErrorModel> errors = read(ReferenceJar.minimal());
    String source = ErrorCodeSource.of(errors, "sample", "a.jar");
    Path classes = JavaCompiler.compile(Map.of("sample/ErrorCode.java", source), folder);

    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      Class<?> type = loader.loadClass("sample.ErrorCode");
      assertThat(answers(type, 0)).isEqualTo("NONE 0 false false false false No error.");
      assertThat(answers(type, -1))
          .isEqualTo("UNKNOWN_SERVER_ERROR -1 false false false false It \"broke\".");
      assertThat(answers(type, 5)).isEqualTo("STALE 5 true true false false Stale.");
      assertThat(answers(type, 7)).isEqualTo("NOT_COORDINATOR 7 true false true false Elsewhere.");
      assertThat(answers(type, 10))
          .isEqualTo("UNSUPPORTED_VERSION 10 false false false true Ruled.");
      for (int unknown : new int[] {-2, 6, 999, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
        assertThat(answers(type, unknown)).startsWith("UNKNOWN_SERVER_ERROR ");
      }
    }
  }

  @Test
  void rule_for_a_code_that_the_reference_lacks_is_an_error() {
    assertThatThrownBy(() -> read(ReferenceJar.minimal().replaceError("PRODUCER_FENCED", "OTHER")))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("does not know what our rules name: [PRODUCER_FENCED]");
  }

  @Test
  void fatal_code_that_the_reference_would_retry_is_an_error() {
    ReferenceJar jar =
        ReferenceJar.minimal()
            .replaceError(
                "UNSUPPORTED_VERSION(10, \"Ruled.\", null)",
                "UNSUPPORTED_VERSION(10, \"Ruled.\", new RetriableException())");

    assertThatThrownBy(() -> read(jar))
        .hasMessageContaining("UNSUPPORTED_VERSION is retriable there, but fatal by our rules");
  }

  private List<ErrorModel> read(ReferenceJar jar) throws IOException {
    return ReferenceErrors.read(jar.writeTo(folder, "a.jar"));
  }

  private static String answers(Class<?> type, int code) {
    Object error = Reflect.call(type, null, "of", code);
    StringBuilder answers = new StringBuilder().append(error);
    for (String question :
        List.of(
            "code", "isRetriable", "refreshesMetadata", "findsCoordinator", "isFatal", "message")) {
      answers.append(' ').append(Reflect.call(type, error, question));
    }
    return answers.toString();
  }
}
