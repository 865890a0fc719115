/**
 * A Kafka cluster in this process, for tests: several brokers on real sockets, ready in
 * milliseconds, and every fault of theirs at hand.
 *
 * <p>Door: {@link io.ottla.testkit.fake.FakeCluster}.
 */
@NullMarked
package io.ottla.testkit.fake;

import org.jspecify.annotations.NullMarked;
