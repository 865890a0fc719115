@NullMarked
package io.ottla.internal.cluster.route;

import org.jspecify.annotations.NullMarked;
