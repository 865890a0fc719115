package io.ottla.testkit.proxy;

import java.util.function.Consumer;

/**
 * What is to happen to each connection after a number of its bytes.
 *
 * @param direction whose bytes count
 * @param bytes how many
 * @param fault what happens then
 */
record Tripwire(Direction direction, long bytes, Consumer<? super ProxiedConnection> fault) {}
