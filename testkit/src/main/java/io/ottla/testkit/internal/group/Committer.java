package io.ottla.testkit.internal.group;

import org.jspecify.annotations.Nullable;

/**
 * Who says that it may commit for a group.
 *
 * @param memberId empty for whoever is no member
 * @param instanceId of a static member, or null
 * @param epoch the generation of a classic group, the member epoch of a consumer group, or -1
 * @param version of the OffsetCommit request
 */
public record Committer(String memberId, @Nullable String instanceId, int epoch, int version) {}
