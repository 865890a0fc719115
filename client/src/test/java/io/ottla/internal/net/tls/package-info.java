/** TLS with both engines, without a broker. */
@NullMarked
package io.ottla.internal.net.tls;

import org.jspecify.annotations.NullMarked;
