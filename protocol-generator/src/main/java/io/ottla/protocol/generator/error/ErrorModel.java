package io.ottla.protocol.generator.error;

/**
 * One error code of a broker.
 *
 * @param message what it means, in the reference's words
 * @param retriable whether the same request may succeed later
 * @param refreshesMetadata whether the client's view of the cluster is out of date
 * @param findsCoordinator whether the coordinator has to be looked up again
 * @param fatal whether whoever got it cannot go on
 */
public record ErrorModel(
    int code,
    String name,
    String message,
    boolean retriable,
    boolean refreshesMetadata,
    boolean findsCoordinator,
    boolean fatal) {}
