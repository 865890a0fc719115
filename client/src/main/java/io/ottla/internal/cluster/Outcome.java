package io.ottla.internal.cluster;

import io.ottla.RequestPart;
import io.ottla.error.OttlaException;
import io.ottla.protocol.message.ResponseMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a request ended: one response or one failure, and the parts that it was answered in.
 *
 * @param <R> the response's type
 */
record Outcome<R extends ResponseMessage>(
    @Nullable R response, @Nullable OttlaException failure, List<RequestPart<R>> parts) {}
