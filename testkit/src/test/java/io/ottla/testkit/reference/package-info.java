/**
 * Kafka's own clients, of two releases, against the fake cluster, and against a real one to prove
 * the tests right.
 */
@NullMarked
package io.ottla.testkit.reference;

import org.jspecify.annotations.NullMarked;
