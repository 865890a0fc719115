/**
 * Load for a client of any make, and what it cost: the same for all of them, so that figures can be
 * laid side by side.
 *
 * <p>Door: {@link io.ottla.testkit.load.LoadRun}.
 */
@NullMarked
package io.ottla.testkit.load;

import org.jspecify.annotations.NullMarked;
