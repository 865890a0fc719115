/** Looks after each test whether it left something behind. */
@NullMarked
package io.ottla.watch;

import org.jspecify.annotations.NullMarked;
