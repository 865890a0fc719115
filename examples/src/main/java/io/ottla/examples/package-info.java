/** Small programs, each of one idea, that use nothing but Ottla's public packages. */
@NullMarked
package io.ottla.examples;

import org.jspecify.annotations.NullMarked;
