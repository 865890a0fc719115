@NullMarked
package io.ottla.testkit.internal.sasl;

import org.jspecify.annotations.NullMarked;
