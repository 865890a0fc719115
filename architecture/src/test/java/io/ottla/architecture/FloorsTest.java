package io.ottla.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.PackageMatcher;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Dependencies point down: a package uses the floors below its own and nothing above. */
class FloorsTest {
  /** A room and the rooms of the house that it may see, besides itself. */
  record Floor(String room, List<String> below) {
    static Floor of(String room, String... below) {
      return new Floor(room, List.of(below));
    }

    boolean holds(String packageName) {
      return PackageMatcher.of(room).matches(packageName);
    }

    @Override
    public String toString() {
      return room;
    }
  }

  private static final String[] PUBLIC_TYPES = {
    "io.ottla.error",
    "io.ottla.config",
    "io.ottla.security",
    "io.ottla.serde",
    "io.ottla.stats",
    "io.ottla.protocol..",
  };

  private static final String[] TOPICS_OF_THE_FAKE = {
    "io.ottla.protocol..",
    "io.ottla.testkit.internal.loop",
    "io.ottla.testkit.internal.wire",
    "io.ottla.testkit.internal.log",
    "io.ottla.testkit.internal.topic",
  };

  static final List<Floor> FLOORS =
      List.of(
          Floor.of("io.ottla.protocol"),
          Floor.of("io.ottla.protocol.record", "io.ottla.protocol"),
          Floor.of("io.ottla.protocol.message", "io.ottla.protocol"),
          Floor.of("io.ottla.error", "io.ottla.protocol.."),
          Floor.of("io.ottla.config", "io.ottla.error", "io.ottla.protocol.."),
          // Computations, bytes in and bytes out, that the public mechanisms stand on.
          Floor.of("io.ottla.internal.sasl", "io.ottla.error", "io.ottla.internal.runtime"),
          Floor.of(
              "io.ottla.security",
              "io.ottla.error",
              "io.ottla.config",
              "io.ottla.internal.runtime",
              "io.ottla.internal.sasl"),
          Floor.of("io.ottla.stats"),
          Floor.of("io.ottla.serde", "io.ottla.error", "io.ottla.config", "io.ottla.protocol.."),
          Floor.of("io.ottla.admin", PUBLIC_TYPES),
          Floor.of("io.ottla.producer", PUBLIC_TYPES),
          Floor.of("io.ottla.consumer", with(PUBLIC_TYPES, "io.ottla.producer")),
          Floor.of(
              "io.ottla.internal.runtime",
              with(PUBLIC_TYPES, "io.ottla.producer", "io.ottla.consumer")),
          Floor.of(
              "io.ottla.internal.net",
              with(
                  PUBLIC_TYPES,
                  "io.ottla.producer",
                  "io.ottla.consumer",
                  "io.ottla.internal.runtime")),
          Floor.of(
              "io.ottla.internal.net.tls",
              with(PUBLIC_TYPES, "io.ottla.internal.runtime", "io.ottla.internal.net")),
          Floor.of(
              "io.ottla.internal.cluster.metadata",
              with(PUBLIC_TYPES, "io.ottla.internal.runtime", "io.ottla.internal.net")),
          Floor.of(
              "io.ottla.internal.cluster.route",
              with(
                  PUBLIC_TYPES,
                  "io.ottla.internal.runtime",
                  "io.ottla.internal.net",
                  "io.ottla.internal.cluster.metadata")),
          Floor.of(
              "io.ottla.internal.cluster",
              with(
                  PUBLIC_TYPES,
                  "io.ottla",
                  "io.ottla.internal.runtime",
                  "io.ottla.internal.net..",
                  "io.ottla.internal.sasl",
                  "io.ottla.internal.cluster..")),
          Floor.of(
              "io.ottla.internal.admin",
              with(
                  PUBLIC_TYPES,
                  "io.ottla",
                  "io.ottla.admin",
                  "io.ottla.internal.runtime",
                  "io.ottla.internal.cluster")),
          Floor.of(
              "io.ottla.internal.broker",
              with(
                  PUBLIC_TYPES,
                  "io.ottla",
                  "io.ottla.producer",
                  "io.ottla.consumer",
                  "io.ottla.internal.runtime",
                  "io.ottla.internal.net")),
          Floor.of(
              "io.ottla.internal.producer",
              with(
                  PUBLIC_TYPES,
                  "io.ottla",
                  "io.ottla.producer",
                  "io.ottla.internal.runtime",
                  "io.ottla.internal.net",
                  "io.ottla.internal.cluster..")),
          Floor.of("io.ottla.testkit.tls"),
          Floor.of("io.ottla.testkit", "io.ottla.protocol..", "io.ottla.testkit.tls"),
          Floor.of("io.ottla.testkit.scenario"),
          Floor.of("io.ottla.testkit.proxy", "io.ottla.protocol..", "io.ottla.testkit"),
          Floor.of("io.ottla.testkit.bench", "io.ottla.protocol.."),
          Floor.of("io.ottla.testkit.load"),
          Floor.of("io.ottla.testkit.internal.loop"),
          Floor.of(
              "io.ottla.testkit.internal.wire",
              "io.ottla.protocol..",
              "io.ottla.testkit.internal.loop"),
          Floor.of(
              "io.ottla.testkit.internal.sasl",
              "io.ottla.protocol..",
              "io.ottla.testkit.internal.loop",
              "io.ottla.testkit.internal.wire"),
          Floor.of("io.ottla.testkit.internal.version", "io.ottla.protocol.."),
          Floor.of(
              "io.ottla.testkit.internal.log",
              "io.ottla.protocol..",
              "io.ottla.testkit.internal.loop"),
          Floor.of(
              "io.ottla.testkit.internal.topic",
              "io.ottla.protocol..",
              "io.ottla.testkit.internal.loop",
              "io.ottla.testkit.internal.log"),
          Floor.of("io.ottla.testkit.internal.produce", TOPICS_OF_THE_FAKE),
          Floor.of("io.ottla.testkit.internal.fetch", TOPICS_OF_THE_FAKE),
          Floor.of("io.ottla.testkit.internal.admin", TOPICS_OF_THE_FAKE),
          Floor.of(
              "io.ottla.testkit.internal.group",
              "io.ottla.protocol..",
              "io.ottla.testkit.internal.loop",
              "io.ottla.testkit.internal.wire"),
          Floor.of(
              "io.ottla.testkit.internal.group.consumer",
              "io.ottla.protocol..",
              "io.ottla.testkit.internal.loop",
              "io.ottla.testkit.internal.wire",
              "io.ottla.testkit.internal.group"),
          Floor.of(
              "io.ottla.testkit.internal.broker",
              "io.ottla.protocol..",
              "io.ottla.testkit.tls",
              "io.ottla.testkit.internal.."),
          Floor.of(
              "io.ottla.testkit.fake",
              "io.ottla.protocol..",
              "io.ottla.testkit.tls",
              "io.ottla.testkit.internal.."));

  @ParameterizedTest
  @FieldSource("FLOORS")
  void a_room_sees_only_the_floors_below_it(Floor floor) {
    DescribedPredicate<JavaClass> ours = resideInAPackage("io.ottla..");
    DescribedPredicate<JavaClass> allowed =
        resideInAnyPackage(
            Stream.concat(Stream.of(floor.room()), floor.below().stream()).toArray(String[]::new));

    noClasses()
        .that()
        .resideInAPackage(floor.room())
        .should()
        .dependOnClassesThat(ours.and(DescribedPredicate.not(allowed)))
        .because("an import that climbs a floor ends in two rooms that cannot be told apart")
        .allowEmptyShould(true)
        .check(House.MAIN);
  }

  @Test
  void every_room_of_the_libraries_has_a_floor() {
    List<String> rooms =
        House.LIBRARY.stream()
            .map(JavaClass::getPackageName)
            .filter(room -> !room.equals("io.ottla"))
            .distinct()
            .sorted()
            .toList();

    assertThat(rooms)
        .contains("io.ottla.protocol", "io.ottla.protocol.message", "io.ottla.internal.net")
        .allMatch(
            room -> FLOORS.stream().anyMatch(floor -> floor.holds(room)), "stands on a floor");
  }

  @Test
  void packages_are_free_of_cycles() {
    slices()
        .matching("(io.ottla..)")
        .should()
        .beFreeOfCycles()
        // The face assembles the rooms and the rooms implement its interfaces.
        .ignoreDependency(resideInAPackage("io.ottla"), alwaysTrue())
        .check(House.MAIN);
  }

  @Test
  void only_net_and_runtime_know_the_transport() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.ottla.internal.net..",
            "io.ottla.internal.runtime..",
            "io.ottla.testkit.tls") // makes certificates with netty-pkitesting
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..")
        .because(
            "whoever else knows the transport can block it, leak its buffers or show it to users")
        .check(House.MAIN);
  }

  @Test
  void optional_codecs_are_seen_only_by_the_records() {
    classes()
        .that()
        .resideInAnyPackage("io.ottla..")
        .and()
        .resideOutsideOfPackage("io.ottla.protocol.record..")
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.not(
                resideInAnyPackage("com.github.luben..", "net.jpountz..", "org.xerial..")))
        .because("a codec library that is not there must be one typed error, made in one place")
        .check(House.MAIN);
  }

  private static String[] with(String[] rooms, String... more) {
    return Stream.concat(Stream.of(rooms), Stream.of(more)).toArray(String[]::new);
  }
}
