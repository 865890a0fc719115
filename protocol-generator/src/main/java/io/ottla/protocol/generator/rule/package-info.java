/**
 * Models to Java: one small rule per concern, run one after the other over each struct.
 *
 * <p>Door: {@link io.ottla.protocol.generator.rule.MessageSource}.
 */
@NullMarked
package io.ottla.protocol.generator.rule;

import org.jspecify.annotations.NullMarked;
