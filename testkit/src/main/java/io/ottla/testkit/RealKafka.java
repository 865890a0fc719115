package io.ottla.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class a running {@link KafkaServer}: as a parameter of type {@code
 * KafkaServer} of the constructor, of a test, or of a method that runs before or after.
 *
 * <p>If a test fails, the last lines of each node's log are attached to its exception (as
 * suppressed).
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(RealKafkaExtension.class)
public @interface RealKafka {
  /**
   * The version of Kafka.
   *
   * @return default: {@link KafkaVersion#V4_3}
   */
  KafkaVersion version() default KafkaVersion.V4_3;

  /**
   * How many nodes.
   *
   * @return 1 (default) or 3
   */
  int nodes() default 1;

  /**
   * Properties of all nodes.
   *
   * @return each {@code key=value}
   */
  String[] properties() default {};

  /**
   * Whether the classes of this JVM that ask for the same version, nodes and properties share one
   * server, which runs until all tests are done; nodes that a test left stopped are started before
   * the next one. If not, this class has a server of its own, which is closed after its last test.
   *
   * @return default: true
   */
  boolean shared() default true;
}
