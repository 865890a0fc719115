/**
 * What administrators ask of a cluster: topics are created, deleted and grown, configurations
 * described and altered, the cluster described. Any broker takes these requests, as with KRaft.
 *
 * <p>Door: {@link io.ottla.testkit.internal.admin.Administration}.
 */
@NullMarked
package io.ottla.testkit.internal.admin;

import org.jspecify.annotations.NullMarked;
