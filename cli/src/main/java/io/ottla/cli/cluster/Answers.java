package io.ottla.cli.cluster;

import io.ottla.cli.terminal.CommandFailedException;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.error.OttlaException;
import io.ottla.protocol.message.ErrorCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What came back: waited for, and judged. */
public final class Answers {
  private static final Pattern KNOCK =
      Pattern.compile(
          "(?:the question for its versions|MetadataRequest(?: v\\d+)?) (?:not sent to"
              + " (?<unsent>\\S+?)(?: after [^:]+)?|to (?<sent>\\S+) failed after [^:]+):"
              + " (?<why>.*?)(?:; whether it was carried out is unknown)?",
          Pattern.DOTALL);

  private Answers() {}

  /** Waits for the answer, which comes or fails within the time that its request was given. */
  public static <T> T await(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      Throwable cause = reason(e);
      if (cause instanceof OttlaException known) {
        throw known;
      }
      if (cause instanceof CommandFailedException known) {
        throw known;
      }
      throw new IllegalStateException(cause);
    }
  }

  /** What a future failed with, without the wrappers. */
  public static Throwable reason(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof ExecutionException || cause instanceof CompletionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /**
   * What an exception says, for the user: to whom we knocked with which request does not help him.
   */
  public static String words(OttlaException failure) {
    String message = String.valueOf(failure.getMessage());
    Matcher knock = KNOCK.matcher(message);
    if (!knock.matches()) {
      return message;
    }
    String unsent = knock.group("unsent");
    String server = unsent == null ? knock.group("sent") : unsent;
    String why = knock.group("why");
    return why.contains(server) ? why : server + ": " + why;
  }

  /** A broker's no, for the user. */
  public static CommandFailedException refusal(
      String what, ErrorCode code, @Nullable String brokersWords) {
    String words = brokersWords == null || brokersWords.isEmpty() ? code.message() : brokersWords;
    return new CommandFailedException(
        ExitCode.REFUSED, what + ": " + words.replaceAll("\\.?\\s*$", "") + " (" + code + ")");
  }
}
