/**
 * Kafka for tests.
 *
 * <p>{@link io.ottla.testkit.KafkaServer} runs a real broker, or three, as processes of their own;
 * {@link io.ottla.testkit.RealKafka} hands one to a JUnit test. A cluster inside the test's
 * process, with every fault at hand, is in {@link io.ottla.testkit.fake}; a proxy for faults before
 * real brokers in {@link io.ottla.testkit.proxy}.
 */
@NullMarked
package io.ottla.testkit;

import org.jspecify.annotations.NullMarked;
