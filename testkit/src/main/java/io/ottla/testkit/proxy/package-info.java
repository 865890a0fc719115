/**
 * A proxy between a client and a real broker that stages what networks do: delays, losses, cuts.
 *
 * <p>Doors: {@link io.ottla.testkit.proxy.FaultProxy} for one server, {@link
 * io.ottla.testkit.proxy.FaultProxies} for all brokers of a cluster.
 */
@NullMarked
package io.ottla.testkit.proxy;

import org.jspecify.annotations.NullMarked;
