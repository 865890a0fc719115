@NullMarked
package io.ottla.testkit.tls;

import org.jspecify.annotations.NullMarked;
