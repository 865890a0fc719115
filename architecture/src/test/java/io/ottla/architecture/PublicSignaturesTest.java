package io.ottla.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What users can see mentions nothing that they cannot rely on. */
class PublicSignaturesTest {
  @Test
  void no_public_signature_shows_an_internal_type_or_the_transport() {
    classes()
        .that()
        .arePublic()
        .and()
        .resideOutsideOfPackage("io.ottla.internal..")
        .should(showOnlyPublicTypes())
        .because("a type in a signature is a promise, and these two may change with any release")
        .check(House.LIBRARY);
  }

  private static ArchCondition<JavaClass> showOnlyPublicTypes() {
    return new ArchCondition<>("show only public types of ours and of the JDK") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Stream<JavaCodeUnit> visible =
            type.getCodeUnits().stream()
                .filter(
                    unit ->
                        unit.getModifiers().contains(JavaModifier.PUBLIC)
                            || unit.getModifiers().contains(JavaModifier.PROTECTED));
        visible.forEach(
            unit ->
                Stream.concat(
                        unit.getAllInvolvedRawTypes().stream(),
                        unit.getExceptionTypes().stream().map(exception -> exception.toErasure()))
                    .map(JavaClass::getPackageName)
                    .filter(PublicSignaturesTest::isHidden)
                    .forEach(
                        hidden ->
                            events.add(
                                SimpleConditionEvent.violated(
                                    unit, unit.getFullName() + " shows a type of " + hidden))));
      }
    };
  }

  private static boolean isHidden(String packageName) {
    return packageName.startsWith("io.ottla.internal") || packageName.startsWith("io.netty");
  }
}
