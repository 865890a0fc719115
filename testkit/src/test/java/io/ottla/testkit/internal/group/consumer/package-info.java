@NullMarked
package io.ottla.testkit.internal.group.consumer;

import org.jspecify.annotations.NullMarked;
