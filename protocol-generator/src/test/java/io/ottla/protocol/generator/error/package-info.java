@NullMarked
package io.ottla.protocol.generator.error;

import org.jspecify.annotations.NullMarked;
