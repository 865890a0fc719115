@NullMarked
package io.ottla.testkit.internal.group;

import org.jspecify.annotations.NullMarked;
