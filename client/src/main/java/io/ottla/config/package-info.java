/**
 * What clients can be told: every option, declared once, and the values it was given.
 *
 * <p>Door: {@link io.ottla.config.Option}. The builders of the clients are made of these tables,
 * and so is the reference page.
 */
@NullMarked
package io.ottla.config;

import org.jspecify.annotations.NullMarked;
