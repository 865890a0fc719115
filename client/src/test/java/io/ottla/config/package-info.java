@NullMarked
package io.ottla.config;

import org.jspecify.annotations.NullMarked;
