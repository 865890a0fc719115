@NullMarked
package io.ottla.protocol.generator.definition;

import org.jspecify.annotations.NullMarked;
