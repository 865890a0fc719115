/**
 * The wire: readers and writers of Kafka's primitive types, and the root of all protocol errors.
 *
 * <p>Ground floor of the module; {@code message} and {@code record} stand on it.
 */
@NullMarked
package io.ottla.protocol;

import org.jspecify.annotations.NullMarked;
