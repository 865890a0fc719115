@NullMarked
package io.ottla.testkit.fake;

import org.jspecify.annotations.NullMarked;
