@NullMarked
package io.ottla.protocol.generator.rule;

import org.jspecify.annotations.NullMarked;
