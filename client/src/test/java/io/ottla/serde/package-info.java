@NullMarked
package io.ottla.serde;

import org.jspecify.annotations.NullMarked;
