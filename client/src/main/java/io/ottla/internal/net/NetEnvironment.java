package io.ottla.internal.net;

import io.netty.channel.EventLoop;
import io.ottla.internal.runtime.Clock;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What a link stands on.
 *
 * @param loop where all of it runs
 * @param clock the time
 * @param resolver finds addresses
 * @param sockets opens sockets
 * @param blocking where authentication may wait
 * @param random spreads what would happen at the same time; touched on the loop only
 */
record NetEnvironment(
    EventLoop loop,
    Clock clock,
    Resolver resolver,
    Sockets sockets,
    Executor blocking,
    RandomGenerator random) {}
