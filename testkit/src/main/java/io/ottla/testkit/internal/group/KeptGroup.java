package io.ottla.testkit.internal.group;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A classic group as its coordinator's log has it, which is all that the next coordinator knows:
 * the last generation whose assignments were made, or that there are no members.
 *
 * @param protocolType what the members are, or null if the group never had one
 * @param protocolName the protocol of that generation, or null
 * @param leader of that generation, or null
 * @param sinceMillis when it came into the state that it was in then
 * @param members each with the one protocol of that generation, waiting for nothing
 */
record KeptGroup(
    int generation,
    @Nullable String protocolType,
    @Nullable String protocolName,
    @Nullable String leader,
    long sinceMillis,
    List<ClassicMember> members) {
  /** A group that has only just been made. */
  static KeptGroup none(long nowMillis) {
    return new KeptGroup(0, null, null, null, nowMillis, List.of());
  }
}
