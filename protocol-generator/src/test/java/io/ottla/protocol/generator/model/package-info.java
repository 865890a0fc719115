@NullMarked
package io.ottla.protocol.generator.model;

import org.jspecify.annotations.NullMarked;
