/**
 * Kafka's message definitions to Java sources, at build time.
 *
 * <p>Door: {@link io.ottla.protocol.generator.GeneratorMain}. Floors, lowest first: {@code
 * definition} (what the files say), {@code model} (what it means) and {@code error} (error codes),
 * {@code rule} (what Java is made of it), and here the whole run.
 */
@NullMarked
package io.ottla.protocol.generator;

import org.jspecify.annotations.NullMarked;
