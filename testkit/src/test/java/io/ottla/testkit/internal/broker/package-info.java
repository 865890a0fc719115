@NullMarked
package io.ottla.testkit.internal.broker;

import org.jspecify.annotations.NullMarked;
