@NullMarked
package io.ottla.testkit.internal.log;

import org.jspecify.annotations.NullMarked;
