package io.ottla.internal.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.ottla.error.OttlaException;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.protocol.ProtocolException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open socket to a broker, from the handshake to its end.
 *
 * <p>Owns: the socket and the {@link Pipeline} of calls on it, which an {@link Outflow} hands to
 * it; the {@link Renewal} of its session. Hands over: each call's end, to its {@link Reply}; its
 * own end, and the calls it never handed to the socket, to its {@link Owner}.
 *
 * <p>Thread: the channel's loop, asserted; {@link #endpoint}, {@link #settings}, {@link #versions}
 * and {@link #nextCorrelationId} any. Always: requests leave whole and in the order of {@link
 * #send}; after the first cause of an end nothing is read or written any more, and whoever waited
 * or comes later is told that cause.
 */
@LoopConfined
final class Connection extends ChannelInboundHandlerAdapter
    implements FrameReader.Sink, Outflow.Listener {
  /** Whoever opened it. */
  interface Owner {
    /** It takes requests now. */
    void onReady(Connection connection);

    /**
     * It is over; the calls that it handed to the socket were told.
     *
     * @param unsent those that it did not, and which are the owner's now
     */
    void onClosed(Connection connection, Loss loss, List<Call<?>> unsent);
  }

  private static final Logger log = LoggerFactory.getLogger(Connection.class);

  // Any thread.
  private final Endpoint endpoint;
  private final ConnectionSettings settings;
  private final Clock clock;
  private final AtomicInteger correlationIds = new AtomicInteger();
  private volatile @Nullable PeerVersions versions; // set once, on the loop, before READY

  // Touched on the channel's loop only.
  private final Handshake handshake;
  private final OwnCalls ownCalls;
  private final FrameReader frames;
  private final String logPrefix;
  private Owner owner;
  private ConnectionState state = ConnectionState.HANDSHAKING;
  private @Nullable Loss loss; // once CLOSED
  private @Nullable Pipeline pipeline; // from handlerAdded on
  private @Nullable Outflow outflow; // from handlerAdded on
  private @Nullable Watch watch; // from handlerAdded on
  private @Nullable ChannelHandlerContext context; // from handlerAdded on
  private @Nullable Renewal renewal; // if its session ends some time
  private boolean wasUsed;

  Connection(
      Endpoint endpoint,
      ConnectionSettings settings,
      Clock clock,
      List<HandshakeStep> steps,
      Owner owner) {
    this.endpoint = endpoint;
    this.settings = settings;
    this.clock = clock;
    this.owner = owner;
    handshake = new Handshake(this, steps);
    ownCalls = new OwnCalls(this);
    frames = new FrameReader(endpoint, settings.maxFrameBytes(), this);
    logPrefix = "[" + settings.clientId() + "|" + endpoint + "]";
  }

  Endpoint endpoint() {
    return endpoint;
  }

  ConnectionSettings settings() {
    return settings;
  }

  /** What the peer takes; null during the handshake. */
  @Nullable PeerVersions versions() {
    return versions;
  }

  int nextCorrelationId() {
    return correlationIds.getAndIncrement();
  }

  ConnectionState state() {
    return state;
  }

  Clock clock() {
    return clock;
  }

  /** Whether the peer ever said anything. */
  boolean heardPeer() {
    return frames.heardSomething();
  }

  Channel channel() {
    return present(context).channel();
  }

  /** What the handshake is about; over once the connection is ready. */
  Handshake handshake() {
    return handshake;
  }

  /** Who is told of its end from now on. */
  void handOver(Owner next) {
    owner = next;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    pipeline = new Pipeline(endpoint, settings.requestNanos(), clock);
    outflow = new Outflow(added, pipeline, clock, this);
    watch =
        new Watch(pipeline, outflow, settings.idleNanos(), clock, added.executor(), this::onWatch);
  }

  /** Begins the handshake. */
  void start() {
    assert inLoop();
    handshake.next();
  }

  /**
   * Sends a call, or tells it why not.
   *
   * @param encoded its bytes if the caller already made them for this connection
   */
  void send(Call<?> call, @Nullable RequestFrame encoded) {
    assert inLoop();
    if (state.acceptsRequests()) {
      enqueue(call, encoded);
    } else {
      call.fail(
          loss != null ? loss : Loss.closed("the connection is closing"),
          endpoint,
          clock.nanoTime(),
          0);
    }
  }

  /** What it asks for itself. */
  OwnCalls ownCalls() {
    return ownCalls;
  }

  void settle(PeerVersions peer) {
    assert inLoop();
    versions = peer;
  }

  /** Its session ends some time; this sees to it. */
  void renewBy(Renewal itsRenewal) {
    assert inLoop();
    renewal = itsRenewal;
  }

  void onHandshakeDone() {
    moveTo(ConnectionState.READY, "handshake done");
    present(outflow).onUse();
    present(watch).onProgress(true);
    owner.onReady(this);
  }

  /** All calls go again that {@link Outflow#hold} held. */
  void release() {
    assert inLoop();
    present(outflow).release();
    onProgress();
  }

  Pipeline pipeline() {
    return present(pipeline);
  }

  Outflow outflow() {
    return present(outflow);
  }

  /** Takes no more requests, and closes when those under way have ended. */
  void drain(String why) {
    assert inLoop();
    if (state == ConnectionState.READY) {
      moveTo(ConnectionState.DRAINING, why);
      closeIfDrained();
    }
  }

  /** Ends it. The first cause stays; another one changes nothing. */
  void close(Loss cause) {
    assert inLoop();
    if (!state.isOpen()) {
      return;
    }
    moveTo(ConnectionState.CLOSED, cause.why());
    loss = cause;
    present(watch).cancel();
    handshake.onClosed();
    if (renewal != null) {
      renewal.onClosed();
    }
    List<Call<?>> unsent = present(pipeline).end(cause);
    ChannelFuture unused = channel().close();
    owner.onClosed(this, cause, unsent);
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      frames.read(in);
    } finally {
      ReferenceCountUtil.release(in);
    }
  }

  @Override
  public boolean keepsNextFrame() {
    Call<?> head = present(pipeline).head();
    return ownCalls.expectBare() || (head != null && head.keepsItsFrame());
  }

  @Override
  public boolean takesEmptyFrames() {
    return ownCalls.expectBare();
  }

  @Override
  public boolean takesMore() {
    return state.isOpen();
  }

  @Override
  public void onFrame(ByteBuffer frame) {
    if (ownCalls.expectBare()) {
      ownCalls.onBare(frame);
    } else {
      onResponse(frame);
    }
  }

  private void onResponse(ByteBuffer frame) {
    Call<?> head = present(pipeline).head();
    if (head != null && !head.isOwn()) {
      wasUsed = true;
      present(outflow).onUse();
    }
    try {
      String mismatch = present(pipeline).onFrame(frame, present(outflow).throttle());
      if (mismatch != null) {
        onViolation(mismatch);
      }
    } catch (ProtocolException malformed) {
      close(
          Loss.violation(
              endpoint,
              endpoint + " sent a response that cannot be read: " + malformed.getMessage(),
              malformed));
    }
    onProgress();
  }

  @Override
  public void onViolation(String why) {
    close(Loss.violation(endpoint, why, null));
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext changed) {
    if (state.isOpen()) {
      present(outflow).write();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext from, Object event) {
    if (event instanceof SslCloseCompletionEvent) {
      close(Loss.lost("the broker ended the TLS session" + frames.position(), null));
    }
    from.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ended) {
    close(BrokenSocket.hungUp(this, wasUsed, frames.position()));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
    Loss reason = BrokenSocket.reason(cause, this, frames.position());
    if (reason == null) {
      log.error("{} closes for an error of its own", logPrefix, cause);
      reason = Loss.lost("an error inside the client: " + cause, cause);
    }
    close(reason);
  }

  /** Has a call wait for the socket. */
  void enqueue(Call<?> call, @Nullable RequestFrame encoded) {
    try {
      call.encodedAs(
          encoded != null && encoded.owner() == this ? encoded : RequestFrame.encode(call, this));
    } catch (OttlaException refused) {
      call.fail(refused);
      return;
    }
    present(pipeline).add(call);
    present(outflow).write();
    if (state.isOpen()) {
      present(watch).onCall(call);
    }
  }

  @Override
  public void onWritten() {
    onProgress();
  }

  @Override
  public void onWriteFailed(Throwable cause) {
    close(Loss.lost("the connection broke in a write: " + text(cause), cause));
  }

  /** A call has ended: this may have been the last. */
  private void onProgress() {
    if (!state.isOpen()) {
      return;
    }
    if (renewal != null) {
      renewal.onProgress();
    }
    closeIfDrained();
    if (state.isOpen()) {
      present(watch).onProgress(state == ConnectionState.READY);
    }
  }

  private void closeIfDrained() {
    if (state == ConnectionState.DRAINING && present(pipeline).isEmpty()) {
      close(Loss.closed("closed with nothing under way"));
    }
  }

  private void onWatch() {
    if (!state.isOpen()) {
      return;
    }
    Loss end = present(watch).look(state == ConnectionState.READY);
    if (end != null) {
      close(end);
    } else {
      closeIfDrained();
    }
  }

  private void moveTo(ConnectionState next, String why) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException(logPrefix + " " + state + " -> " + next + ": " + why);
    }
    log.debug("{} {} -> {}: {}", logPrefix, state, next, why);
    state = next;
  }

  private boolean inLoop() {
    return present(context).executor().inEventLoop();
  }

  private static String text(@Nullable Throwable cause) {
    return cause == null ? "no reason given" : cause.getMessage() + "";
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("the connection is not in a channel yet");
    }
    return value;
  }
}
