package io.ottla.cli.command;

import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Terminal;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.HelpCommand;

/** Puts the commands together. */
public final class CommandLines {
  private CommandLines() {}

  public static CommandLine of(Terminal terminal) {
    CommandLine line =
        new CommandLine(new RootCommand(terminal))
            .addSubcommand(new DemoCommand(terminal))
            .addSubcommand(new BrokerCommand(terminal))
            .addSubcommand(new MetadataCommand(terminal))
            .addSubcommand(TopicsCommand.of(terminal))
            .addSubcommand(new ProduceCommand(terminal))
            .addSubcommand(new ConsumeCommand(terminal))
            .addSubcommand(BenchCommand.of(terminal))
            .addSubcommand(new HelpCommand())
            .setUsageHelpAutoWidth(false)
            .setColorScheme(
                new ColorScheme.Builder(CommandLine.Help.defaultColorScheme(Ansi.OFF)).build());
    line.getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(exitCodes());
    return line;
  }

  /** Whether -v was given, as far as the arguments were understood. */
  public static boolean isVerbose(CommandLine line) {
    return line.getCommandSpec().userObject() instanceof RootCommand root && root.isVerbose();
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      codes.put(" " + code.number(), code.meaning());
    }
    return codes;
  }
}
