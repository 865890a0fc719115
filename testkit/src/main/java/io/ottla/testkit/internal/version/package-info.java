/**
 * What each release of Kafka offers to clients.
 *
 * <p>Door: {@link io.ottla.testkit.internal.version.ReleaseVersions}.
 */
@NullMarked
package io.ottla.testkit.internal.version;

import org.jspecify.annotations.NullMarked;
