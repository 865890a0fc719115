package io.ottla.protocol.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Error codes have Kafka's numbers and names, and its judgement of what may be tried again. */
class ReferenceErrorsTest {
  private static final Class<?> ERRORS = ReferenceJar.CURRENT.load("common.protocol.Errors");
  private static final Class<?> RETRIABLE =
      ReferenceJar.CURRENT.load("common.errors.RetriableException");
  private static final Class<?> INVALID_METADATA =
      ReferenceJar.CURRENT.load("common.errors.InvalidMetadataException");

  @Test
  void every_code_has_the_name_that_kafka_gives_it() throws Exception {
    Map<Integer, String> theirs = new TreeMap<>();
    for (Object error : ERRORS.getEnumConstants()) {
      theirs.put(code(error), ((Enum<?>) error).name());
    }
    Map<Integer, String> ours = new TreeMap<>();
    for (ErrorCode error : ErrorCode.values()) {
      ours.put((int) error.code(), error.name());
    }

    assertThat(ours).isEqualTo(theirs).hasSizeGreaterThan(130);
    assertThat(ErrorCode.values()).hasSameSizeAs(theirs.keySet());
  }

  @Test
  void unknown_numbers_are_the_unknown_error() {
    assertThat(ErrorCode.of(Short.MAX_VALUE)).isSameAs(ErrorCode.UNKNOWN_SERVER_ERROR);
    assertThat(ErrorCode.of(Short.MIN_VALUE)).isSameAs(ErrorCode.UNKNOWN_SERVER_ERROR);
    assertThat(ErrorCode.of(Integer.MAX_VALUE)).isSameAs(ErrorCode.UNKNOWN_SERVER_ERROR);
  }

  @TestFactory
  Stream<DynamicTest> what_may_be_tried_again_is_what_kafka_throws_as_such() {
    return Arrays.stream(ERRORS.getEnumConstants())
        .map(error -> DynamicTest.dynamicTest(error.toString(), () -> compare(error)));
  }

  private static void compare(Object theirs) throws Exception {
    ErrorCode ours = ErrorCode.of(code(theirs));
    @Nullable Object exception = Reflection.call(ERRORS.getMethod("exception"), theirs);

    assertThat(ours.name()).isEqualTo(((Enum<?>) theirs).name());
    assertThat(ours.isRetriable()).as("retriable").isEqualTo(RETRIABLE.isInstance(exception));
    assertThat(ours.refreshesMetadata())
        .as("refreshes metadata")
        .isEqualTo(INVALID_METADATA.isInstance(exception));
    assertThat(ours.message()).isNotBlank();
  }

  private static int code(Object error) throws Exception {
    Method code = ERRORS.getMethod("code");
    return (short) Reflection.callForResult(code, error);
  }
}
