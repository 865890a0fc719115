@NullMarked
package io.ottla.internal.runtime;

import org.jspecify.annotations.NullMarked;
