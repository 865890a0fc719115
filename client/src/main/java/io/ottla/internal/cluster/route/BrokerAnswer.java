package io.ottla.internal.cluster.route;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ResponseMessage;
import org.jspecify.annotations.Nullable;

/**
 * What one of all brokers answered.
 *
 * @param response null if it could not be asked
 * @param error what it said, or why it could not be asked
 * @param <R> the response's type
 */
record BrokerAnswer<R extends ResponseMessage>(@Nullable R response, ErrorCode error) {}
