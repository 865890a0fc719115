package io.ottla.cli;

import io.ottla.cli.cluster.Answers;
import io.ottla.cli.terminal.CommandFailedException;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Nearest;
import io.ottla.error.AuthenticationException;
import io.ottla.error.BrokerUnreachableException;
import io.ottla.error.ConfigException;
import io.ottla.error.ConnectPhase;
import io.ottla.error.ConnectionLostException;
import io.ottla.error.OttlaException;
import io.ottla.error.ProtocolViolationException;
import io.ottla.error.TimeoutException;
import io.ottla.protocol.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What the user hears of an exception.
 *
 * @param words one line; null if there is nothing to say
 */
record Failure(ExitCode exitCode, @Nullable String words) {

  static Failure of(Throwable thrown) {
    if (thrown instanceof CommandFailedException known) {
      return new Failure(known.exitCode(), known.getMessage());
    }
    if (thrown instanceof InterruptedException) {
      return new Failure(ExitCode.INTERRUPTED, null);
    }
    if (thrown instanceof OttlaException known) {
      return new Failure(exitCode(known), Answers.words(known));
    }
    if (thrown instanceof ProtocolException) {
      return new Failure(ExitCode.FAILED, thrown.getMessage());
    }
    return new Failure(ExitCode.DEFECT, "a defect in ottla: " + thrown + " (-v prints where)");
  }

  static Failure ofUsage(ParameterException misuse) {
    String command = misuse.getCommandLine().getCommandSpec().qualifiedName();
    return new Failure(ExitCode.USAGE, misuse(misuse) + " (see '" + command + " --help')");
  }

  Optional<String> line() {
    return Optional.ofNullable(words);
  }

  /** Who cannot be reached may be later; who does not let us in wants other settings. */
  private static ExitCode exitCode(OttlaException known) {
    if (known instanceof ConfigException) {
      return ExitCode.USAGE;
    }
    boolean isKeptOut =
        known instanceof AuthenticationException
            || (known instanceof BrokerUnreachableException unreachable
                && unreachable.phase() == ConnectPhase.TLS);
    if (isKeptOut) {
      return ExitCode.NOT_ADMITTED;
    }
    boolean isUnreachable =
        known instanceof BrokerUnreachableException
            || known instanceof ConnectionLostException
            || known instanceof ProtocolViolationException
            || known instanceof TimeoutException;
    return isUnreachable ? ExitCode.UNREACHABLE : ExitCode.REFUSED;
  }

  private static String misuse(ParameterException misuse) {
    CommandLine line = misuse.getCommandLine();
    if (misuse instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0);
      if (word.startsWith("-")) {
        List<String> options = new ArrayList<>(line.getCommandSpec().optionsMap().keySet());
        return "there is no option '" + word + "'" + Nearest.suggestion(name(word), options);
      }
      if (!line.getSubcommands().isEmpty()) {
        return "there is no command '"
            + word
            + "'"
            + Nearest.suggestion(word, line.getSubcommands().keySet());
      }
      return "'" + word + "' is one argument too many";
    }
    String message = String.valueOf(misuse.getMessage()).replace("option option", "option");
    return Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }

  /** The option's name, where a value is written behind it. */
  private static String name(String word) {
    int equals = word.indexOf('=');
    return equals < 0 ? word : word.substring(0, equals);
  }
}
