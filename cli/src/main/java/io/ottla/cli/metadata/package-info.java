/** What a cluster says about itself. */
@NullMarked
package io.ottla.cli.metadata;

import org.jspecify.annotations.NullMarked;
