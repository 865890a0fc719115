package io.ottla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "prduce|there is no command 'prduce'; did you mean 'produce'?",
        "xyzzy|there is no command 'xyzzy' (see 'ottla --help')",
        "produce --topc=x -b h -t x|there is no option '--topc=x'; did you mean '--topic'?",
        "metadata -b h more|'more' is one argument too many",
        "produce -b h|missing required option: '--topic=TOPIC'",
        "metadata|missing required option: '--bootstrap=HOST:PORT'",
        "metadata -b|'--bootstrap'",
        "metadata -b h:0|'h:0' is not HOST:PORT",
        "metadata -b h:65536|'h:65536' is not HOST:PORT",
        "metadata -b a/b|'a/b' is not HOST:PORT",
        "metadata -b h,,x|'' is not HOST:PORT",
        "metadata -b h --timeout soon|'soon' is not a time such as 500ms, 30s, 2m",
        "metadata -b h --timeout 0s|the time must be longer than nothing",
        "topics lst|there is no command 'lst'; did you mean 'list'?",
        "topics create -b h|missing required parameter: 'NAME'",
        "topics create -b h a -p 0|there must be at least one of the partitions",
        "topics create -b h a -r many|'many' is not a number of replicas",
        "topics create -b h a -c retention|should be in KEY=VALUE format but was retention",
        "topics delete -b h a|deleting needs --yes where nobody can be asked",
        "topics list|missing required option: '--bootstrap=HOST:PORT'",
        "topics list -b h -X clientid=x|did you mean client.id?",
        "topics list -b h -X retries=many|retries = many",
        "topics list -b h -X request.timeout=soon|request.timeout = soon",
        "topics list -b h -X call.timeout=soon|call.timeout = soon",
        "topics list -b h -X nonsense|value for option '-X' (KEY=VALUE) should be in KEY=VALUE",
        "consume -b h -t x -o middle|'middle' is not beginning, end or an offset",
        "consume -b h -t x -o -1|'-1' is not beginning, end or an offset",
        "consume -b h -t x -c 0|'0' is not a number of records above 0",
        "consume -b h -t x -p one|'one' is not a partition",
        "produce -b h -t x -z zip|'zip' is none of none, gzip, snappy, lz4, zstd",
        "produce -b h -t x -p -1|'-1' is not a partition",
        "produce -b h -t x --acks 2|'2' is none of all, 1, 0",
        "produce -b h -t x --rate 0|'0' is not a number of records per second",
        "produce -b h -t x --rate fast|'fast' is not a number of records per second",
        "produce -b h -t x -H =v|'=v' is not NAME=VALUE: it has no name",
        "produce -b h -t x --json -K :|with --json the key is in the JSON: leave -K",
        "produce -b h -t x --json -Z|with --json a tombstone is \"value\": null: leave -Z",
        "produce -b h -t x -X lingr=5ms|did you mean linger?",
        "bench produce -b h|missing required option: '--topic=TOPIC'",
        "bench produce -b h -t x -n 0|'0' is not a number of records above 0",
        "bench produce -b h -t x -s big|'big' is not a size such as 100, 64KiB or 1MB",
        "bench produce -b h -t x -s 3000000000|is not a size such as",
        "bench produce -b h -t x --threads 0|there must be at least one of the threads",
        "bench produce -b h -t x --linger long|'long' is not a time such as 500ms",
        "bench produce -b h -t x --batch -1|'-1' is not a size",
        "broker --port 65536|'65536' is not a port",
        "broker --topic a:0|a topic has at least one partition",
        "broker --topic a/b|'a/b' is not NAME or NAME:PARTITIONS",
        "demo -n many|'many' is not a number of records above 0",
        "demo --seed many|'--seed'",
      })
  void a_mistake_in_the_arguments_is_one_line_and_code_2(String arguments, String words) {
    CliRun.of(arguments.split(" ")).failsInOneLine(ExitCode.USAGE, words, "--help')");
  }

  @Test
  void no_command_prints_the_usage_on_standard_error() {
    CliRun run = CliRun.of();

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("Usage: ottla COMMAND");
  }

  @Test
  void the_version_is_data_on_standard_output() {
    CliRun run = CliRun.of("--version").succeeds();

    assertThat(run.outText()).startsWith("ottla ").contains("Java " + Runtime.version());
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "broker",
        "metadata",
        "topics list",
        "topics create",
        "topics delete",
        "topics describe",
        "produce",
        "consume",
        "bench produce"
      })
  void help_tells_of_each_command(String command) {
    CliRun byOption = CliRun.of((command + " --help").split(" ")).succeeds();

    assertThat(byOption.outText()).startsWith("Usage: ottla " + command).contains("Options:");
    String[] words = command.split(" ", -1);
    String[] inside = words.length == 1 ? new String[0] : new String[] {words[0]};
    CliRun byCommand =
        CliRun.of(
                Stream.of(inside, new String[] {"help", words[words.length - 1]})
                    .flatMap(Stream::of)
                    .toArray(String[]::new))
            .succeeds();
    assertThat(byCommand.outText()).isEqualTo(byOption.outText());
    assertThat(byOption.err()).isEmpty();
    assertThat(byOption.outText().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void help_lists_all_commands() {
    assertThat(CliRun.of("help").succeeds().outText())
        .contains("demo", "broker", "metadata", "topics", "produce", "consume", "bench");
  }

  @ParameterizedTest
  @EnumSource(ExitCode.class)
  void every_exit_code_is_in_the_help_and_in_the_page(ExitCode code) throws IOException {
    String page = Files.readString(Path.of("../docs/cli.md"));

    assertThat(CliRun.of("--help").outText()).containsPattern(" +" + code.number() + " +\\S");
    assertThat(page).contains("| " + code.number() + " | " + code.meaning());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "broker",
        "metadata",
        "topics list",
        "topics create",
        "topics delete",
        "topics describe",
        "produce",
        "consume",
        "bench produce"
      })
  void every_option_is_in_the_page(String command) throws IOException {
    String page = Files.readString(Path.of("../docs/cli.md"));

    CliRun.of((command + " --help").split(" "))
        .outText()
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("-"))
        .flatMap(line -> Arrays.stream(line.split("[ ,=]+")).limit(2))
        .filter(word -> word.startsWith("-"))
        .forEach(option -> assertThat(page).contains("`" + option));
  }

  @Test
  void an_unreadable_file_is_named_before_anything_is_done(@TempDir Path directory) {
    String missing = directory.resolve("missing").toString();

    CliRun.of("produce", "-b", "127.0.0.1:1", "-t", "x", missing)
        .failsInOneLine(ExitCode.FILE, "cannot read " + missing + ": no such file");
    CliRun.of("produce", "-b", "127.0.0.1:1", "-t", "x", directory.toString())
        .failsInOneLine(ExitCode.FILE, "cannot read " + directory + ": it is a directory");
    CliRun.of("demo", missing)
        .failsInOneLine(ExitCode.FILE, "cannot read " + missing + ": no such file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"produce", "bench produce"})
  void an_option_of_the_producer_is_checked_before_anybody_is_asked(String command) {
    CliRun.of((command + " -b 127.0.0.1:1 -t x -X linger=soon").split(" "))
        .failsInOneLine(ExitCode.USAGE, "linger = soon", "-X");
  }

  @Test
  void verbose_prints_the_stack_trace() {
    CliRun run = CliRun.of("produce", "-v", "-b", "h", "-t", "x", "/nowhere/to/be/found");

    assertThat(run.code()).isEqualTo(ExitCode.FILE.number());
    assertThat(run.err().lines().filter(line -> line.startsWith("\tat "))).isNotEmpty();
  }
}
