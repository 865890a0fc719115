@NullMarked
package io.ottla.testkit;

import org.jspecify.annotations.NullMarked;
