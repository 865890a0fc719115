package io.ottla.cli.topics;

import io.ottla.admin.NewTopic;
import io.ottla.cli.cluster.Bootstrap;
import java.util.List;

/**
 * What {@code ottla topics create} was told.
 *
 * @param onlyChecks whether to say only what would happen
 * @param ifNotExists whether a topic that is there is no error
 */
public record CreateOrder(
    Bootstrap bootstrap,
    List<NewTopic> topics,
    boolean onlyChecks,
    boolean ifNotExists,
    boolean isJson) {}
