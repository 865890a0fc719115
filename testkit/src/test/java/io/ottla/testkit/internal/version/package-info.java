@NullMarked
package io.ottla.testkit.internal.version;

import org.jspecify.annotations.NullMarked;
