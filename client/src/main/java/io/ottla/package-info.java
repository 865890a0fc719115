/**
 * The face of Ottla. Door: {@link io.ottla.Ottla}, which opens every client.
 *
 * <p>The one package that assembles the rooms below it; nothing below knows it.
 */
@NullMarked
package io.ottla;

import org.jspecify.annotations.NullMarked;
