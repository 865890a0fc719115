package io.ottla.cli;

import io.ottla.cli.command.CommandLines;
import io.ottla.cli.terminal.ClosedOutputException;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The {@code ottla} command: arguments in, exit code out. It sees the world only through the
 * terminal it is given, so that tests run it in-process.
 */
public final class OttlaCli {
  private final Terminal terminal;

  public OttlaCli(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Runs one command on the calling thread; interrupting the thread ends the command early.
   *
   * @return the number of an {@link ExitCode}
   */
  public int run(String... args) {
    CommandLine line = CommandLines.of(terminal);
    line.setOut(new PrintWriter(terminal.out(), false, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler((e, arguments) -> report(line, e));
    line.setExecutionExceptionHandler((e, command, parsed) -> report(line, e));
    try {
      int code = line.execute(args);
      line.getOut().flush();
      terminal.out().flush();
      return code;
    } catch (RuntimeException e) {
      return report(line, e);
    } finally {
      Thread.interrupted();
    }
  }

  private int report(CommandLine line, Exception e) {
    if (e instanceof ClosedOutputException) {
      terminal.out().discard();
      return ExitCode.OUTPUT_CLOSED.number();
    }
    Failure failure =
        e instanceof ParameterException misuse ? Failure.ofUsage(misuse) : Failure.of(e);
    failure.line().ifPresent(terminal::say);
    if (CommandLines.isVerbose(line)) {
      e.printStackTrace(terminal.err());
    }
    return failure.exitCode().number();
  }
}
