@NullMarked
package io.ottla.testkit.internal.fetch;

import org.jspecify.annotations.NullMarked;
