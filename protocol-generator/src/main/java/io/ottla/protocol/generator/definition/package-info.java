/**
 * Kafka's message definitions as they are written in its JSON files, and the merge of two editions.
 *
 * <p>Door: {@link io.ottla.protocol.generator.definition.Definitions}. Knows nothing of Java code.
 */
@NullMarked
package io.ottla.protocol.generator.definition;

import org.jspecify.annotations.NullMarked;
