package io.ottla.testkit.scenario;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Says which scenarios of the reliability checklists a test stages, or each test of a class and of
 * the classes nested in it.
 *
 * <p>A test counts for its scenarios if it ran and passed, with all its parameters and in all
 * classes that inherit it. On a {@code @TestFactory} it is refused, because JUnit tells nobody how
 * dynamic tests end; use {@code @ParameterizedTest}.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(ScenarioWatcher.class)
public @interface Scenario {
  /**
   * The ids; another form fails the test.
   *
   * @return each {@code G1} to {@code G100}, or {@code L1} to {@code L200}
   */
  String[] value();
}
