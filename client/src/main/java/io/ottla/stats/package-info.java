/** What clients count: plain objects, made when they are asked for. */
@NullMarked
package io.ottla.stats;

import org.jspecify.annotations.NullMarked;
