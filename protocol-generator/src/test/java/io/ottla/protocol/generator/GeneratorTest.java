package io.ottla.protocol.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.protocol.generator.definition.DefinitionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs over small jars: what is selected, and what a second run touches. */
final class GeneratorTest {
  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2001-01-01T00:00:00Z"));

  @TempDir private Path folder = Path.of("");
  private Path messages = Path.of("");

  @BeforeEach
  void nameOutput() {
    messages = folder.resolve("out/io/ottla/protocol/message");
  }

  @Test
  void all_that_brokers_answer_is_generated_and_nothing_else() throws IOException {
    ReferenceJar jar =
        ReferenceJar.minimal()
            .define("FooRequest", ReferenceJar.request("Foo", 9, "0-3", ""))
            .define("FooResponse", ReferenceJar.response("Foo", 9, "0-3"))
            .define(
                "InnerRequest",
                ReferenceJar.request("Inner", 8, "0", "").replace("\"broker\"", "\"controller\""))
            .define("InnerResponse", ReferenceJar.response("Inner", 8, "0"))
            .define("GoneRequest", ReferenceJar.request("Gone", 7, "none", ""))
            .define("GoneResponse", ReferenceJar.response("Gone", 7, "none"))
            .define(
                "SomeRecord",
                """
                { "type": "metadata", "apiKey": 9, "name": "SomeRecord", "validVersions": "0",
                  "flexibleVersions": "0+", "fields": [] }
                """);

    assertThat(run(jar, jar)).isEqualTo("10 messages, 3 APIs in 6 versions, 20 error codes");
    assertThat(files().keySet())
        .containsExactlyInAnyOrder(
            "AlterConfigsRequest.java",
            "AlterConfigsResponse.java",
            "ApiKey.java",
            "ConsumerProtocolAssignment.java",
            "ConsumerProtocolSubscription.java",
            "ErrorCode.java",
            "FooRequest.java",
            "FooResponse.java",
            "IncrementalAlterConfigsRequest.java",
            "IncrementalAlterConfigsResponse.java",
            "RequestHeader.java",
            "ResponseHeader.java");
    assertThat(Files.readString(messages.resolve("AlterConfigsRequest.java"))).contains("\"***\"");
  }

  @Test
  void second_run_is_up_to_date_and_touches_nothing() throws IOException {
    ReferenceJar jar = ReferenceJar.minimal();
    run(jar, jar);
    age();

    assertThat(run(jar, jar)).isEqualTo("up to date");
    assertThat(files().values()).containsOnly(LONG_AGO);
  }

  @Test
  void change_of_one_definition_rewrites_that_file_only() throws IOException {
    ReferenceJar jar = ReferenceJar.minimal();
    run(jar, jar);
    age();
    jar.define(
        "ResponseHeader",
        """
        { "type": "header", "name": "ResponseHeader", "validVersions": "0",
          "flexibleVersions": "none", "fields": [
            { "name": "CorrelationId", "type": "int32", "versions": "0+" }]}
        """);

    assertThat(run(jar, jar)).isNotEqualTo("up to date");
    files()
        .forEach(
            (name, time) ->
                assertThat(time.equals(LONG_AGO))
                    .as(name)
                    .isEqualTo(!name.equals("ResponseHeader.java")));
  }

  @Test
  void file_that_is_no_longer_generated_is_removed() throws IOException {
    ReferenceJar jar =
        ReferenceJar.minimal()
            .define("FooRequest", ReferenceJar.request("Foo", 9, "0-3", ""))
            .define("FooResponse", ReferenceJar.response("Foo", 9, "0-3"));
    run(jar, jar);
    assertThat(messages.resolve("FooRequest.java")).exists();

    run(jar.forget("FooRequest").forget("FooResponse"), jar);

    assertThat(messages.resolve("FooRequest.java")).doesNotExist();
    assertThat(messages.resolve("FooResponse.java")).doesNotExist();
  }

  @Test
  void file_that_is_missing_is_made_again() throws IOException {
    ReferenceJar jar = ReferenceJar.minimal();
    run(jar, jar);
    Files.delete(messages.resolve("ErrorCode.java"));

    assertThat(run(jar, jar)).isNotEqualTo("up to date");
    assertThat(messages.resolve("ErrorCode.java")).exists();
  }

  @Test
  void either_jar_and_the_option_make_a_new_run() throws IOException {
    ReferenceJar jar = ReferenceJar.minimal();
    run(jar, jar);

    assertThat(run(jar, ReferenceJar.minimal().replaceError("Stale.", "Old.")))
        .isNotEqualTo("up to date");
    assertThat(run(jar, jar)).isNotEqualTo("up to date");
    assertThat(run(jar, jar, "--unstable")).isNotEqualTo("up to date");
    assertThat(run(jar, jar, "--unstable")).isEqualTo("up to date");
  }

  @Test
  void run_that_fails_half_way_leaves_nothing_that_looks_up_to_date() throws IOException {
    ReferenceJar jar = ReferenceJar.minimal();
    run(jar, jar);
    Path last = messages.resolve("ResponseHeader.java");
    Path aside = Files.move(last, folder.resolve("aside"));
    Files.createDirectory(last);
    ReferenceJar changed = ReferenceJar.minimal().replaceError("Stale.", "Old.");
    assertThatThrownBy(() -> run(changed, jar)).isInstanceOf(IOException.class);

    Files.delete(last);
    Files.move(aside, last);

    assertThat(run(jar, jar)).isNotEqualTo("up to date");
    assertThat(Files.readString(messages.resolve("ErrorCode.java"))).contains("Stale.");
  }

  @Test
  void malformed_definition_stops_the_run_by_its_name() throws IOException {
    ReferenceJar broken = ReferenceJar.minimal().define("Bad", "{ \"type\": 1 }");

    assertThatThrownBy(() -> run(broken, broken))
        .isInstanceOf(DefinitionException.class)
        .hasMessageStartingWith("Bad.json: ");
  }

  @Test
  void two_runs_into_different_folders_write_the_same() throws IOException {
    ReferenceJar jar = ReferenceJar.minimal();
    run(jar, jar);
    Map<String, String> first = texts();
    Files.move(folder.resolve("out"), folder.resolve("before"));
    run(jar, jar);

    assertThat(texts()).isEqualTo(first);
  }

  @Test
  void unstable_versions_are_there_only_when_asked_for() throws IOException {
    ReferenceJar jar =
        ReferenceJar.minimal()
            .define(
                "FooRequest",
                ReferenceJar.request("Foo", 9, "0-3", "\"latestVersionUnstable\": true,"))
            .define("FooResponse", ReferenceJar.response("Foo", 9, "0-3"));

    run(jar, jar);
    assertThat(Files.readString(messages.resolve("ApiKey.java"))).contains("FOO(9, 0, 2,");
    assertThat(Files.readString(messages.resolve("FooResponse.java")))
        .contains("HIGHEST_VERSION = 2;");

    run(jar, jar, "--unstable");
    assertThat(Files.readString(messages.resolve("ApiKey.java"))).contains("FOO(9, 0, 3,");
    assertThat(Files.readString(messages.resolve("FooResponse.java")))
        .contains("HIGHEST_VERSION = 3;");
  }

  @Test
  void lower_versions_come_from_the_legacy_jar() throws IOException {
    ReferenceJar present =
        ReferenceJar.minimal()
            .define("FooRequest", ReferenceJar.request("Foo", 9, "2-5", ""))
            .define("FooResponse", ReferenceJar.response("Foo", 9, "2-5"));
    ReferenceJar legacy =
        ReferenceJar.minimal()
            .define("FooRequest", ReferenceJar.request("Foo", 9, "0-3", ""))
            .define("FooResponse", ReferenceJar.response("Foo", 9, "0-3"));

    run(present, legacy);

    assertThat(Files.readString(messages.resolve("ApiKey.java"))).contains("FOO(9, 0, 5,");
  }

  @Test
  void request_without_response_is_an_error() throws IOException {
    ReferenceJar jar =
        ReferenceJar.minimal().define("FooRequest", ReferenceJar.request("Foo", 9, "0", ""));

    assertThatThrownBy(() -> run(jar, jar)).hasMessage("FooRequest.json: has no response");
  }

  @Test
  void response_with_other_versions_is_an_error() throws IOException {
    ReferenceJar jar =
        ReferenceJar.minimal()
            .define("FooRequest", ReferenceJar.request("Foo", 9, "0-3", ""))
            .define("FooResponse", ReferenceJar.response("Foo", 9, "0-2"));

    assertThatThrownBy(() -> run(jar, jar))
        .hasMessageStartingWith("FooRequest.json: has other versions")
        .hasMessageEndingWith("FooResponse.json");
  }

  @Test
  void missing_header_is_an_error() throws IOException {
    ReferenceJar jar = ReferenceJar.minimal().forget("RequestHeader");

    assertThatThrownBy(() -> run(jar, jar)).hasMessage("RequestHeader.json: is missing");
  }

  @Test
  void jar_without_definitions_is_an_error() throws IOException {
    Path empty = new ReferenceJar().writeTo(folder, "empty.jar");

    assertThatThrownBy(
            () -> new Generator(new Options(empty, empty, folder.resolve("out"), false)).run())
        .hasMessageContaining("empty.jar: has no common/message/*.json");
  }

  @Test
  void wrong_options_are_told_with_the_right_ones() {
    assertThatThrownBy(() -> GeneratorMain.main(new String[] {"--colour"}))
        .hasMessageStartingWith("option --colour; usage: --definitions JAR");
    assertThatThrownBy(() -> GeneratorMain.main(new String[] {"--definitions"}))
        .hasMessageStartingWith("usage: ");
    assertThatThrownBy(() -> GeneratorMain.main(new String[] {"--definitions", "a.jar"}))
        .hasMessageStartingWith("usage: ");
  }

  private String run(ReferenceJar present, ReferenceJar legacy, String... more) throws IOException {
    String[] options = {
      "--definitions", present.writeTo(folder, "present.jar").toString(),
      "--legacy-definitions", legacy.writeTo(folder, "legacy.jar").toString(),
      "--output", folder.resolve("out").toString()
    };
    String[] all = Stream.of(options, more).flatMap(Stream::of).toArray(String[]::new);
    return new Generator(Options.parse(all)).run();
  }

  private void age() throws IOException {
    for (String name : files().keySet()) {
      Files.setLastModifiedTime(messages.resolve(name), LONG_AGO);
    }
  }

  private Map<String, FileTime> files() throws IOException {
    Map<String, FileTime> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(messages)) {
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), Files.getLastModifiedTime(file));
      }
    }
    return files;
  }

  private Map<String, String> texts() throws IOException {
    Map<String, String> texts = new TreeMap<>();
    for (String name : files().keySet()) {
      texts.put(name, Files.readString(messages.resolve(name)));
    }
    return texts;
  }
}
