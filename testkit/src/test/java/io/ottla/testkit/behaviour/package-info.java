/**
 * One suite of behaviour, run on a real Kafka and on the fake cluster: what is asserted here was
 * true of the real broker first.
 *
 * <p>A theme is an abstract class, {@code …Behaviour}. The classes that run all of them are {@code
 * OneRealBrokerIT}, {@code ThreeRealBrokersIT}, {@code OneFakeBrokerTest}, {@code
 * ThreeFakeBrokersTest}. Where the fake differs on purpose stands in {@code Difference}.
 */
@NullMarked
package io.ottla.testkit.behaviour;

import org.jspecify.annotations.NullMarked;
