package io.ottla.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The diagrams of ARCHITECTURE.md show exactly the moves that the state machines allow. */
class StateDiagramsTest {
  static final List<String> MACHINES =
      List.of(
          "io.ottla.internal.net.ConnectionState",
          "io.ottla.internal.net.LinkState",
          "io.ottla.internal.net.CallState",
          "io.ottla.internal.net.RenewalState",
          "io.ottla.internal.cluster.metadata.AskingState",
          "io.ottla.internal.producer.LaneState",
          "io.ottla.internal.producer.ShipmentState",
          "io.ottla.internal.producer.SinkState",
          "io.ottla.internal.producer.ProducerIdState",
          "io.ottla.internal.producer.StagingState",
          "io.ottla.security.SaslState",
          "io.ottla.protocol.record.BatchState",
          "io.ottla.testkit.internal.sasl.SaslState",
          "io.ottla.testkit.internal.broker.BrokerState",
          "io.ottla.testkit.internal.wire.ConnectionState",
          "io.ottla.testkit.internal.group.ClassicState",
          "io.ottla.testkit.internal.group.consumer.GroupState",
          "io.ottla.testkit.internal.group.consumer.MemberState",
          "io.ottla.testkit.proxy.ConnectionState");

  private static final Pattern MOVE = Pattern.compile("^ +(\\w+) --> (\\w+)$", Pattern.MULTILINE);

  @ParameterizedTest
  @FieldSource("MACHINES")
  void a_diagram_shows_the_moves_of_its_machine(String machine) throws Exception {
    Class<?> type = Class.forName(machine);

    assertThat(drawn(nameOnThePage(type))).isEqualTo(allowed(type));
  }

  @Test
  void every_state_machine_has_a_diagram() {
    assertThat(
            House.LIBRARY.stream()
                .filter(type -> type.isEnum() && type.getSimpleName().endsWith("State"))
                .filter(type -> type.tryGetMethod("mayBecome", type.reflect()).isPresent())
                .map(type -> type.getName())
                .toList())
        .containsExactlyInAnyOrderElementsOf(MACHINES);
  }

  /** The client's by their simple names; the test kit's, which has some of the same, by longer. */
  private static String nameOnThePage(Class<?> type) {
    String name = type.getName();
    return name.startsWith("io.ottla.testkit.")
        ? name.substring("io.ottla.".length())
        : type.getSimpleName();
  }

  private static SortedSet<String> allowed(Class<?> type) throws ReflectiveOperationException {
    Method mayBecome = type.getDeclaredMethod("mayBecome", type);
    mayBecome.setAccessible(true);
    SortedSet<String> moves = new TreeSet<>();
    for (Object from : type.getEnumConstants()) {
      for (Object to : type.getEnumConstants()) {
        if ((boolean) mayBecome.invoke(from, to)) {
          moves.add(from + " --> " + to);
        }
      }
    }
    return moves;
  }

  private static SortedSet<String> drawn(String machine) throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("ottla.root", ".."), "ARCHITECTURE.md"));
    int named = page.indexOf("(`" + machine + "`)");
    assertThat(named).as("%s is not on the page", machine).isNotNegative();
    int from = page.indexOf("```mermaid", named);
    Matcher move = MOVE.matcher(page.substring(from, page.indexOf("```\n", from + 3)));
    SortedSet<String> moves = new TreeSet<>();
    while (move.find()) {
      moves.add(move.group(1) + " --> " + move.group(2));
    }
    return moves;
  }
}
