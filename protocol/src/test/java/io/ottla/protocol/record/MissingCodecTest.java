package io.ottla.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A class path on which no codec's library is. */
final class MissingCodecTest {
  @ParameterizedTest
  @EnumSource(names = {"SNAPPY", "LZ4", "ZSTD"})
  void the_error_names_the_artifact_to_add(Codec codec) throws Exception {
    try (URLClassLoader bare = bareLoader()) {
      Throwable first = catchThrowable(() -> requireUsable(bare, codec));
      Throwable again = catchThrowable(() -> requireUsable(bare, codec));

      for (Throwable thrown : Stream.of(first, again).map(Throwable::getCause).toList()) {
        assertThat(thrown.getClass().getName()).isEqualTo(MissingCodecException.class.getName());
        assertThat(thrown)
            .hasMessage(
                "no library for " + codec + ": add " + codec.artifact() + " to the class path")
            .hasCauseInstanceOf(NoClassDefFoundError.class);
        assertThat(thrown.getClass().getMethod("artifact").invoke(thrown))
            .isEqualTo(codec.artifact());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "GZIP"})
  void what_needs_no_library_works_without(Codec codec) throws Exception {
    try (URLClassLoader bare = bareLoader()) {
      assertThatCode(() -> requireUsable(bare, codec)).doesNotThrowAnyException();
    }
  }

  @Test
  void a_library_that_does_not_run_here_is_told_from_one_that_is_missing() {
    MissingCodecException cannotLoad =
        new MissingCodecException(Codec.ZSTD, new UnsatisfiedLinkError("no room in /tmp"));

    assertThat(cannotLoad)
        .hasMessageContainingAll("com.github.luben:zstd-jni", "cannot be used", "no room in /tmp");
    assertThat(cannotLoad.codec()).isEqualTo(Codec.ZSTD);
  }

  private static void requireUsable(ClassLoader loader, Codec codec) throws Exception {
    Class<?> type = Class.forName(Codec.class.getName(), true, loader);
    Method valueOf = type.getMethod("valueOf", String.class);
    type.getMethod("requireUsable").invoke(valueOf.invoke(null, codec.name()));
  }

  private static URLClassLoader bareLoader() {
    URL ours = Codec.class.getProtectionDomain().getCodeSource().getLocation();
    return new URLClassLoader(new URL[] {ours}, ClassLoader.getPlatformClassLoader());
  }
}
