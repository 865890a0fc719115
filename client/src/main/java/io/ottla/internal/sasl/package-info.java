/**
 * What the mechanisms of SASL compute: messages, keys, tokens, tickets. Bytes in, bytes out; no
 * connection to a broker is seen from here.
 *
 * <p>Doors: {@link io.ottla.internal.sasl.ScramConversation}, {@link
 * io.ottla.internal.sasl.BearerMessages}, {@link io.ottla.internal.sasl.TokenEndpoint}, {@link
 * io.ottla.internal.sasl.KerberosLogin}, {@link io.ottla.internal.sasl.GssConversation}, {@link
 * io.ottla.internal.sasl.JaasLine}; what ends and is fetched anew is {@link
 * io.ottla.internal.sasl.Refreshing}. May wait; never on an event loop. Nothing in here prints a
 * secret.
 */
@NullMarked
package io.ottla.internal.sasl;

import org.jspecify.annotations.NullMarked;
