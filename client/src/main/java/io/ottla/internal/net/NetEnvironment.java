package io.ottla.internal.net;

import io.netty.channel.EventLoop;
import io.ottla.internal.runtime.Clock;

/**
 * What a link stands on.
 *
 * @param loop where all of it runs
 * @param clock the time
 * @param resolver finds addresses
 * @param sockets opens sockets
 */
record NetEnvironment(EventLoop loop, Clock clock, Resolver resolver, Sockets sockets) {}
