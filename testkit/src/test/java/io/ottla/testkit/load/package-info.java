@NullMarked
package io.ottla.testkit.load;

import org.jspecify.annotations.NullMarked;
