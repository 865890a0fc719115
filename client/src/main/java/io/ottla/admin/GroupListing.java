package io.ottla.admin;

/**
 * A group in a list.
 *
 * @param id its id
 * @param type which protocol its members follow
 * @param state what it is doing
 * @param protocolType what its members do: {@code consumer}, {@code connect}; empty if it was only
 *     committed to
 * @param coordinator the id of the broker in charge of it
 */
public record GroupListing(
    String id, GroupType type, GroupState state, String protocolType, int coordinator) {}
