/**
 * What is known of the cluster: an immutable snapshot, replaced whole, and when to ask again.
 *
 * <p>Door: {@code Metadata}. Knows no connection: it asks through {@code MetadataSource}.
 */
@NullMarked
package io.ottla.internal.cluster.metadata;

import org.jspecify.annotations.NullMarked;
