@NullMarked
package io.ottla.internal.sasl;

import org.jspecify.annotations.NullMarked;
