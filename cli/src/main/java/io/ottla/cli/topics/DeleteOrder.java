package io.ottla.cli.topics;

import io.ottla.cli.cluster.Bootstrap;
import java.util.List;

/**
 * What {@code ottla topics delete} was told.
 *
 * @param isSure whether nobody is to be asked
 * @param ifExists whether a topic that is not there is no error
 */
public record DeleteOrder(
    Bootstrap bootstrap, List<String> topics, boolean isSure, boolean ifExists, boolean isJson) {}
