/**
 * How a fake broker serves those who read: sessions, waiting for records, replicas nearby.
 *
 * <p>Door: {@link io.ottla.testkit.internal.fetch.FetchHandler}.
 */
@NullMarked
package io.ottla.testkit.internal.fetch;

import org.jspecify.annotations.NullMarked;
