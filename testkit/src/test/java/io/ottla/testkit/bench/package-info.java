@NullMarked
package io.ottla.testkit.bench;

import org.jspecify.annotations.NullMarked;
