/**
 * The producer: where records wait, how they leave, and what becomes of them.
 *
 * <p>Door: {@link io.ottla.internal.producer.RoutedProducer}.
 */
@NullMarked
package io.ottla.internal.producer;

import org.jspecify.annotations.NullMarked;
