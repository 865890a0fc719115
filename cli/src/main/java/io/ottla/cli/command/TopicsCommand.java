package io.ottla.cli.command;

import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "topics",
    commandListHeading = "%nCommands:%n",
    sortOptions = false,
    customSynopsis = "ottla topics COMMAND [OPTION...]",
    description = "Lists, creates, deletes and describes topics.")
final class TopicsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private @Nullable CommandSpec spec;

  private TopicsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  static CommandLine of(Terminal terminal) {
    return new CommandLine(new TopicsCommand(terminal))
        .addSubcommand(new TopicsListCommand(terminal))
        .addSubcommand(new TopicsCreateCommand(terminal))
        .addSubcommand(new TopicsDeleteCommand(terminal))
        .addSubcommand(new TopicsDescribeCommand(terminal))
        .addSubcommand(new HelpCommand());
  }

  @Override
  public Integer call() {
    if (spec != null) {
      spec.commandLine().usage(terminal.err());
    }
    return ExitCode.USAGE.number();
  }
}
