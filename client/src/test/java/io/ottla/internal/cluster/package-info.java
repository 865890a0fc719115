@NullMarked
package io.ottla.internal.cluster;

import org.jspecify.annotations.NullMarked;
