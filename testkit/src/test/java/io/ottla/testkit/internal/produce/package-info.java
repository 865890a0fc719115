@NullMarked
package io.ottla.testkit.internal.produce;

import org.jspecify.annotations.NullMarked;
