/** The floors of the house and its bans, checked over the compiled classes of every module. */
@NullMarked
package io.ottla.architecture;

import org.jspecify.annotations.NullMarked;
