/**
 * The proof that the generated messages are Kafka's: every API and version against the classes of
 * kafka-clients itself, byte for byte.
 *
 * <p>Door: {@link io.ottla.protocol.reference.ReferenceJar}. What has to be compared is read out of
 * the definitions in the jars, never asked of our generator.
 */
@NullMarked
package io.ottla.protocol.reference;

import org.jspecify.annotations.NullMarked;
