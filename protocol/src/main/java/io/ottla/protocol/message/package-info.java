/**
 * Kafka's requests and responses, generated at build time from Kafka's own message definitions.
 *
 * <p>Door: {@link io.ottla.protocol.message.ApiKey}. Each message reads and writes itself in every
 * version of the protocol, from 0 to the newest.
 */
@NullMarked
package io.ottla.protocol.message;

import org.jspecify.annotations.NullMarked;
