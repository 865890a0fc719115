package io.ottla.testkit.internal.sasl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a fake cluster asks of its clients.
 *
 * @param mechanisms those that are enabled, by name
 * @param users who may come in with a password
 * @param tokens who may come in with a token; null: whoever has one that is not signed and not
 *     expired
 * @param maxSessionMillis {@code connections.max.reauth.ms}; 0: a session lasts as long as the
 *     credentials do
 * @param failureDelayMillis {@code connection.failed.authentication.delay.ms}
 */
public record SaslSettings(
    List<String> mechanisms,
    Users users,
    @Nullable TokenCheck tokens,
    long maxSessionMillis,
    long failureDelayMillis) {}
