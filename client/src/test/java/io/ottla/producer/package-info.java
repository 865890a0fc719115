@NullMarked
package io.ottla.producer;

import org.jspecify.annotations.NullMarked;
