package io.ottla.cli.command;

import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

@Command(
    name = "ottla",
    description =
        "Reads and writes Apache Kafka. Data goes to standard output, words to standard error.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    customSynopsis = "ottla COMMAND [OPTION...]",
    sortOptions = false,
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nArguments:%n",
    footer = "%n'ottla help COMMAND' tells more about a command.")
final class RootCommand implements Callable<Integer> {
  private final Terminal terminal;
  private boolean isVerbose;

  @Spec private @Nullable CommandSpec spec;

  RootCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Tell more: stack traces, and what the client logs.")
  void verbose(boolean isVerbose) {
    this.isVerbose = isVerbose;
    if (isVerbose) {
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
    }
  }

  boolean isVerbose() {
    return isVerbose;
  }

  @Override
  public Integer call() {
    if (spec != null) {
      spec.commandLine().usage(terminal.err());
    }
    return ExitCode.USAGE.number();
  }
}
