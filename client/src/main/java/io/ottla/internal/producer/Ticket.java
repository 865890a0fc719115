package io.ottla.internal.producer;

import org.jspecify.annotations.Nullable;

/**
 * What a sender wants to hear of a record, where that is more than one thing. In a batch's slots
 * lie these, and as themselves a {@code DeliveryListener} or a {@code CompletableFuture<Delivery>}.
 *
 * @param ref what the report carries; null for nothing
 * @param target a {@code DeliveryListener}, a {@code CompletableFuture<Delivery>}, or null
 */
record Ticket(@Nullable Object ref, @Nullable Object target) {}
