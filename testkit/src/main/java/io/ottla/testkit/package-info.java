/**
 * Kafka for tests.
 *
 * <p>{@link io.ottla.testkit.KafkaServer} runs a real broker, or three, as processes of their own;
 * {@link io.ottla.testkit.RealKafka} hands one to a JUnit test.
 */
@NullMarked
package io.ottla.testkit;

import org.jspecify.annotations.NullMarked;
