package io.ottla.testkit.fake;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test a {@link FakeCluster} of its own, which is closed after it.
 *
 * <p>On a class or a test it describes <i>the</i> cluster of each test, or of this one: what a
 * test, a constructor, or a method that runs before or after each test gets for a parameter of type
 * {@code FakeCluster}. A description on a test replaces that on its class, and one on a nested
 * class that of the class around it. On a parameter or a field of type {@code FakeCluster} it
 * describes one more cluster.
 *
 * <pre>{@code
 * @FakeKafka(brokers = 3, topics = "orders:4")
 * class OrdersTest {
 *   @Test
 *   void orders_survive_a_lost_leader(FakeCluster kafka) { … }
 * }
 * }</pre>
 *
 * <p>A test fails if its cluster could not do something that it was asked for ({@link
 * FakeCluster#refusals}): whatever the test has seen, a real cluster would have done otherwise. One
 * that expects that calls {@link FakeCluster#clearRefusals}. If a test fails, the latest requests
 * are attached to its exception (as suppressed).
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.PARAMETER, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(FakeKafkaExtension.class)
public @interface FakeKafka {
  /**
   * How many brokers.
   *
   * @return default: 1
   */
  int brokers() default 1;

  /**
   * The racks of the brokers; as many as there are brokers, or none.
   *
   * @return default: none
   */
  String[] racks() default {};

  /**
   * The topics that are there from the start.
   *
   * @return each {@code name:partitions}, or {@code name} for one with a single partition
   */
  String[] topics() default {};

  /**
   * What is configured for all brokers; see {@link FakeClusterBuilder#config}.
   *
   * @return each {@code key=value}
   */
  String[] config() default {};

  /**
   * The release of Kafka whose versions the brokers speak.
   *
   * @return default: 4.3
   */
  KafkaRelease release() default KafkaRelease.V4_3;

  /**
   * Whether the cluster's time stands still until the test moves it.
   *
   * @return default: false
   */
  boolean manualClock() default false;
}
