package io.ottla.testkit.internal.wire;

import org.jspecify.annotations.Nullable;

/**
 * How a client's TLS handshake went.
 *
 * @param connectionId over which connection
 * @param protocol as the JDK names it; empty if it failed
 * @param cipher as the JDK names it; empty if it failed
 * @param serverName whom the client said it wanted (SNI); null if it did not say
 * @param client the subject of the client's certificate; null if it showed none
 * @param failure why it failed; null if it did not
 */
public record TlsHandshake(
    long connectionId,
    String protocol,
    String cipher,
    @Nullable String serverName,
    @Nullable String client,
    @Nullable String failure) {}
