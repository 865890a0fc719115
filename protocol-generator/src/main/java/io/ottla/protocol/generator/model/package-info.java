/**
 * Messages ready to be written as Java: references resolved, versions narrowed to those that exist,
 * defaults typed, everything checked.
 *
 * <p>Door: {@link io.ottla.protocol.generator.model.Modeller}.
 */
@NullMarked
package io.ottla.protocol.generator.model;

import org.jspecify.annotations.NullMarked;
