@NullMarked
package io.ottla.testkit.proxy;

import org.jspecify.annotations.NullMarked;
