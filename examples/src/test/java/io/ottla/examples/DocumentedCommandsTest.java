package io.ottla.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.ottla.cli.command.CommandLines;
import io.ottla.cli.terminal.Terminal;
import java.io.IOException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every {@code ./ottla} command in the documents is one that the command line takes. */
class DocumentedCommandsTest {
  /** A command up to a pipe, a redirection, a comment or the line's end. */
  private static final Pattern COMMAND =
      Pattern.compile("\\./ottla((?:'[^']*'|\"[^\"]*\"|[^'\"|<>#;\n])*)");

  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  @Test
  void the_documents_hold_commands() throws IOException {
    assertThat(commands()).hasSizeGreaterThanOrEqualTo(5);
  }

  @TestFactory
  Stream<DynamicTest> every_command_is_understood() throws IOException {
    return commands().stream()
        .map(command -> DynamicTest.dynamicTest("ottla" + command, () -> parse(command)));
  }

  private static void parse(String command) {
    assertThatCode(() -> CommandLines.of(Terminal.ofThisProcess()).parseArgs(words(command)))
        .doesNotThrowAnyException();
  }

  private static List<String> commands() throws IOException {
    return CodeBlock.all("sh").stream()
        .flatMap(block -> COMMAND.matcher(block.code()).results())
        .map(found -> found.group(1).stripTrailing())
        .toList();
  }

  private static String[] words(String command) {
    Matcher words = WORD.matcher(command);
    return words.results().map(DocumentedCommandsTest::unquoted).toArray(String[]::new);
  }

  private static String unquoted(MatchResult word) {
    return word.group(1) != null
        ? word.group(1)
        : word.group(2) != null ? word.group(2) : word.group(3);
  }
}
