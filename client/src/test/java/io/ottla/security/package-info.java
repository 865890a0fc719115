@NullMarked
package io.ottla.security;

import org.jspecify.annotations.NullMarked;
