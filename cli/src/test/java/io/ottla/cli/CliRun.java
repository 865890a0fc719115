package io.ottla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Look;
import io.ottla.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One run of the command in this process, and all that came out of it. */
final class CliRun {
  private final String command;
  private final int code;
  private final byte[] out;
  private final String err;

  private CliRun(String command, int code, byte[] out, String err) {
    this.command = command;
    this.code = code;
    this.out = out;
    this.err = err;
  }

  static CliRun of(String... args) {
    return reading(InputStream.nullInputStream(), args);
  }

  static CliRun reading(byte[] input, String... args) {
    return reading(new ByteArrayInputStream(input), args);
  }

  static CliRun reading(InputStream input, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = new OttlaCli(new Terminal(input, out, err, Look.plain())).run(args);
    return new CliRun(
        "ottla " + String.join(" ", Arrays.asList(args)),
        code,
        out.toByteArray(),
        err.toString(StandardCharsets.UTF_8));
  }

  int code() {
    return code;
  }

  byte[] out() {
    return out;
  }

  String err() {
    return err;
  }

  String outText() {
    return new String(out, StandardCharsets.UTF_8);
  }

  /** It did what it was told, and printed this. */
  CliRun succeeds() {
    assertThat(code).as("exit code of %s, which said: %s", command, err).isZero();
    return this;
  }

  /** It ended with this code, nothing on standard output, and one line on standard error. */
  CliRun failsInOneLine(ExitCode expected, String... words) {
    assertThat(code)
        .as("exit code of %s, which said: %s", command, err)
        .isEqualTo(expected.number());
    assertThat(outText()).as("standard output of %s", command).isEmpty();
    assertThat(err).as("standard error of %s", command).startsWith("ottla: ").endsWith("\n");
    assertThat(err.lines()).as("standard error of %s", command).hasSize(1);
    assertThat(err).contains(words);
    return this;
  }
}
