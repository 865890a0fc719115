/**
 * One connection to one broker: frames, correlation, pipelining, deadlines, handshake.
 *
 * <p>Door: {@link io.ottla.internal.net.BrokerLink}, which opens a connection when a {@link
 * io.ottla.internal.net.Call} needs one. From there inwards: {@code Dial} finds a socket, {@code
 * Connection} owns it, {@code Handshake} makes it ready, {@code FrameReader} cuts what it says.
 */
@NullMarked
package io.ottla.internal.net;

import org.jspecify.annotations.NullMarked;
