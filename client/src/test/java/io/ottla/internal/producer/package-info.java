@NullMarked
package io.ottla.internal.producer;

import org.jspecify.annotations.NullMarked;
