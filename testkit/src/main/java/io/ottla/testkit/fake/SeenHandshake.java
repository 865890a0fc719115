package io.ottla.testkit.fake;

import java.util.Optional;

/**
 * A TLS handshake with a broker of a {@link FakeCluster}, as the broker saw it.
 *
 * @param brokerId with whom
 * @param connectionId over which connection; no two of a cluster have the same
 * @param protocol for example {@code TLSv1.3}; empty if it failed
 * @param cipher as the JDK names it; empty if it failed
 * @param serverName whom the client said it wanted (SNI)
 * @param client the subject of the client's certificate, for example {@code CN=alice}
 * @param failure why it failed, if it did
 */
public record SeenHandshake(
    int brokerId,
    long connectionId,
    String protocol,
    String cipher,
    Optional<String> serverName,
    Optional<String> client,
    Optional<String> failure) {}
