/**
 * Groups of consumers as their coordinators keep them: who is a member, and what is committed.
 *
 * <p>Door: {@link io.ottla.testkit.internal.group.GroupCoordinator}.
 */
@NullMarked
package io.ottla.testkit.internal.group;

import org.jspecify.annotations.NullMarked;
