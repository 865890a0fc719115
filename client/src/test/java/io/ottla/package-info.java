@NullMarked
package io.ottla;

import org.jspecify.annotations.NullMarked;
