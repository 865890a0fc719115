package io.ottla.testkit.internal.group.consumer;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A server-side assignor: who is to have which partition in the end. A pure function; what members
 * still have and must give up first is not its business.
 */
interface Assignor {
  /** The name that members ask for. */
  String name();

  /** Gives every member of the group something, if only {@link Assignment#NOTHING}. */
  Map<String, Assignment> assign(Group group);

  /**
   * What is assigned to.
   *
   * @param members by id, in the order in which the coordinator holds them; the uniform assignor's
   *     choices depend on it
   * @param partitionCounts of every topic that a member is subscribed to
   * @param homogeneous whether all members subscribed to the same names; then the topics of one are
   *     those of all
   */
  record Group(
      Map<String, Candidate> members, ToIntFunction<UUID> partitionCounts, boolean homogeneous) {}

  /**
   * A member that may be given partitions.
   *
   * @param topicIds topics that it wants and that exist
   * @param previous what the last target gave it
   */
  record Candidate(@Nullable String instanceId, Set<UUID> topicIds, Assignment previous) {}
}
