@NullMarked
package io.ottla.internal.net;

import org.jspecify.annotations.NullMarked;
