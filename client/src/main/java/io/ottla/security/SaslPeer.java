package io.ottla.security;

/**
 * Whom a client authenticates to.
 *
 * @param host the broker's host as it was configured or advertised
 * @param port its port
 */
public record SaslPeer(String host, int port) {}
