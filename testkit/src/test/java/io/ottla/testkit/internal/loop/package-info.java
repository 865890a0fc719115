@NullMarked
package io.ottla.testkit.internal.loop;

import org.jspecify.annotations.NullMarked;
