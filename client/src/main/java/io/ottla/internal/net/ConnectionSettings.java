package io.ottla.internal.net;

/**
 * How connections to a broker behave. Durations in nanoseconds, sizes in bytes.
 *
 * @param clientId what the broker knows us by
 * @param connectNanos the longest from the first name lookup to the end of the handshake
 * @param requestNanos how long the oldest request may go unanswered before its connection counts as
 *     dead, unless the request itself gives more
 * @param idleNanos how long it may be idle before it is closed; 0 for ever
 * @param maxFrameBytes the largest response
 * @param socket what its sockets are told
 */
public record ConnectionSettings(
    String clientId,
    long connectNanos,
    long requestNanos,
    long idleNanos,
    int maxFrameBytes,
    SocketSettings socket) {}
