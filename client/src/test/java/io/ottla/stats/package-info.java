@NullMarked
package io.ottla.stats;

import org.jspecify.annotations.NullMarked;
