@NullMarked
package io.ottla.protocol.generator;

import org.jspecify.annotations.NullMarked;
