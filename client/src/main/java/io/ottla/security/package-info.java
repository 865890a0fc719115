/**
 * Who we are and whom we trust: TLS, SASL, and the interfaces for mechanisms and tokens of one's
 * own.
 *
 * <p>Doors: {@link io.ottla.security.Tls} and {@link io.ottla.security.Sasl}. What these types hold
 * in secret never prints.
 */
@NullMarked
package io.ottla.security;

import org.jspecify.annotations.NullMarked;
