/** How fast it goes, and what that costs. */
@NullMarked
package io.ottla.cli.bench;

import org.jspecify.annotations.NullMarked;
