package io.ottla.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Calls that are not made here, each with its reason. */
class BansTest {
  /** The main class of the processes that the test kit starts. */
  private static final String PROGRAM_IN_THE_TESTKIT = "io.ottla.testkit.ServerMain";

  @Test
  void the_scan_sees_the_house() {
    assertThat(House.LIBRARY.size()).as("classes of the libraries").isGreaterThan(500);
    assertThat(House.MAIN.size()).as("all classes").isGreaterThan(House.LIBRARY.size() + 50);
    assertThat(House.TESTS.size()).as("classes of tests").isGreaterThan(100);
  }

  @Test
  void a_library_does_not_speak_on_standard_streams() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(PROGRAM_IN_THE_TESTKIT)
        .should(ACCESS_STANDARD_STREAMS)
        .because("they belong to the program that uses the library; log instead")
        .check(House.LIBRARY);
  }

  @Test
  void a_library_does_not_end_the_process() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(PROGRAM_IN_THE_TESTKIT)
        .should()
        .callMethod(System.class, "exit", int.class)
        .because("only a program may end itself")
        .check(House.LIBRARY);
  }

  @Test
  void logging_is_slf4j() {
    noClasses()
        .should(USE_JAVA_UTIL_LOGGING)
        .because("users choose their logging through slf4j")
        .check(House.MAIN);
  }

  @Test
  void no_generic_exceptions() {
    noClasses()
        .should(THROW_GENERIC_EXCEPTIONS)
        .because("a caller cannot tell one generic exception from another")
        .check(House.MAIN);
  }

  @Test
  void exceptions_of_the_client_belong_to_its_tree() {
    classes()
        .that()
        .resideInAPackage("io.ottla.error..")
        .and(are(assignableTo(Exception.class)))
        .should()
        .beAssignableTo("io.ottla.error.OttlaException")
        .because("a user catches one root")
        .allowEmptyShould(true)
        .check(House.MAIN);
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.ottla", "io.ottla.internal..", "io.ottla.producer", "io.ottla.consumer")
        .should()
        .beAssignableTo(Throwable.class)
        .because("exceptions that users meet live in io.ottla.error")
        .allowEmptyShould(true)
        .check(House.MAIN);
  }

  @Test
  void time_comes_from_the_clock() {
    noClasses()
        .that()
        .resideInAPackage("io.ottla.internal..")
        .and()
        .resideOutsideOfPackage("..jmh_generated..") // a benchmark measures
        .and(not(name("io.ottla.internal.runtime.SystemClock")))
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .because("a test must be able to move time by hand")
        .allowEmptyShould(true)
        .check(House.MAIN);
  }

  @Test
  void tests_do_not_sleep() {
    noClasses()
        .should()
        .callMethodWhere(target(owner(assignableTo(Thread.class))).and(target(name("sleep"))))
        .because(
            "a sleep is either too short, and the test flickers, or too long; wait for the event")
        .check(House.TESTS);
  }
}
