/**
 * What the mechanisms of SASL compute: messages, keys, tokens, tickets. Bytes in, bytes out; no
 * connection to a broker is seen from here.
 *
 * <p>Doors: {@link io.ottla.internal.sasl.ScramConversation}. May wait; never on an event loop.
 * Nothing in here prints a secret.
 */
@NullMarked
package io.ottla.internal.sasl;

import org.jspecify.annotations.NullMarked;
