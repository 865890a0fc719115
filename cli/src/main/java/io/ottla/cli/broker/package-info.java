/** A development broker of one's own. */
@NullMarked
package io.ottla.cli.broker;

import org.jspecify.annotations.NullMarked;
