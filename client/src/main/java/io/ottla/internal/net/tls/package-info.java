/**
 * The TLS of connections: contexts made of a {@link io.ottla.security.Tls}, kept as new as its
 * files, and what a failed handshake means.
 *
 * <p>Door: {@link io.ottla.internal.net.tls.TlsContexts}.
 */
@NullMarked
package io.ottla.internal.net.tls;

import org.jspecify.annotations.NullMarked;
