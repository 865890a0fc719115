@NullMarked
package io.ottla.protocol;

import org.jspecify.annotations.NullMarked;
