package io.ottla.internal.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.ottla.error.OttlaException;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.protocol.ProtocolException;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open socket to a broker, from the handshake to its end.
 *
 * <p>Owns: the socket and the {@link Pipeline} of calls on it. Hands over: each call's end, to its
 * {@link Reply}; its own end, to its {@link Owner}.
 *
 * <p>Thread: the channel's loop, asserted; {@link #endpoint}, {@link #settings}, {@link #versions}
 * and {@link #nextCorrelationId} any. Always: requests leave whole and in the order of {@link
 * #send}; after the first cause of an end nothing is read or written any more, and whoever waited
 * or comes later is told that cause.
 */
@LoopConfined
final class Connection extends ChannelInboundHandlerAdapter implements FrameReader.Sink {
  /** Whoever opened it. */
  interface Owner {
    /** It takes requests now. */
    void onReady(Connection connection);

    /** It is over; all its calls were told. */
    void onClosed(Connection connection, Loss loss);
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
  private final FrameReader frames;
  private final String logPrefix;
  private Owner owner;
  private ConnectionState state = ConnectionState.HANDSHAKING;
  private @Nullable Loss loss; // once CLOSED
  private @Nullable Pipeline pipeline; // from handlerAdded on
  private @Nullable DeadlineTimer timer; // from handlerAdded on
  private @Nullable ChannelHandlerContext context; // from handlerAdded on
  private boolean isFlushDue;
  private long lastUseNanos;

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

  /** Whether the peer ever said anything. */
  boolean heardPeer() {
    return frames.heardSomething();
  }

  Channel channel() {
    return present(context).channel();
  }

  /** Who is told of its end from now on. */
  void handOver(Owner next) {
    owner = next;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    pipeline = new Pipeline(endpoint, settings.requestNanos(), clock);
    timer = new DeadlineTimer(added.executor(), clock, this::onTimer);
    lastUseNanos = clock.nanoTime();
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
      call.fail(loss != null ? loss : Loss.closed("the connection is closing"), endpoint, now());
    }
  }

  <R extends ResponseMessage> void sendForHandshake(
      RequestMessage<R> request,
      int version,
      ResponseReader<R> reader,
      Handshake.Answer<R> answer) {
    assert inLoop() && state == ConnectionState.HANDSHAKING;
    Reply<R> reply =
        new Reply<>() {
          @Override
          public void onResponse(R response) {
            answer.onResponse(response);
          }

          @Override
          public void onFailure(OttlaException failure) {
            close(Loss.lost(text(failure), failure));
          }
        };
    Call<R> call =
        Call.of(request, Duration.ofNanos(settings.connectNanos()), clock, reply)
            .version(version)
            .reader(reader)
            .build();
    enqueue(call, null);
  }

  void settle(PeerVersions peer) {
    assert inLoop();
    versions = peer;
  }

  void onHandshakeDone() {
    moveTo(ConnectionState.READY, "handshake done");
    lastUseNanos = now();
    rearm();
    owner.onReady(this);
  }

  /** What the handshake is about, for the message of one that does not end. */
  String handshakeStep() {
    return handshake.what();
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
    present(timer).cancel();
    present(pipeline).failAll(cause);
    ChannelFuture unused = channel().close();
    owner.onClosed(this, cause);
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
    return head != null && head.keepsItsFrame();
  }

  @Override
  public boolean takesMore() {
    return state.isOpen();
  }

  @Override
  public void onFrame(ByteBuffer frame) {
    lastUseNanos = now();
    try {
      String mismatch = present(pipeline).onFrame(frame);
      if (mismatch != null) {
        onViolation(mismatch);
      }
    } catch (ProtocolException malformed) {
      close(
          Loss.violation(
              endpoint + " sent a response that cannot be read: " + malformed.getMessage(),
              malformed));
    }
    onProgress();
  }

  @Override
  public void onViolation(String why) {
    close(Loss.violation(why, null));
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext changed) {
    writeQueued();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ended) {
    close(Loss.lost("the broker closed the connection" + frames.position(), null));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
    if (cause instanceof IOException) {
      close(Loss.lost("the connection broke" + frames.position() + ": " + text(cause), cause));
    } else {
      log.error("{} closes for an error of its own", logPrefix, cause);
      close(Loss.lost("an error inside the client: " + cause, cause));
    }
  }

  private void enqueue(Call<?> call, @Nullable RequestFrame encoded) {
    try {
      call.encodedAs(
          encoded != null && encoded.owner() == this ? encoded : RequestFrame.encode(call, this));
    } catch (OttlaException refused) {
      call.fail(refused);
      return;
    }
    present(pipeline).add(call);
    present(timer).armFor(call.deadlineNanos());
    writeQueued();
  }

  /** Hands calls to the socket while it takes them; the bytes go out once, at the turn's end. */
  private void writeQueued() {
    ChannelHandlerContext to = present(context);
    while (state.isOpen() && to.channel().isWritable()) {
      Call<?> call = present(pipeline).handNext();
      if (call == null) {
        return;
      }
      lastUseNanos = now();
      SegmentWriter.write(to, call.frame().segments())
          .addListener(written -> onWriteEnded(call, (ChannelFuture) written));
      flushAtEndOfTurn();
    }
  }

  private void flushAtEndOfTurn() {
    if (!isFlushDue) {
      isFlushDue = true;
      present(context)
          .executor()
          .execute(
              () -> {
                isFlushDue = false;
                present(context).flush();
              });
    }
  }

  private void onWriteEnded(Call<?> call, ChannelFuture written) {
    if (written.isSuccess()) {
      present(pipeline).onWritten(call);
      onProgress();
    } else {
      call.onWriteFailed();
      Throwable cause = written.cause();
      close(Loss.lost("the connection broke in a write: " + text(cause), cause));
    }
  }

  /** A call has ended: this may have been the last. */
  private void onProgress() {
    if (present(pipeline).isEmpty()) {
      closeIfDrained();
      rearm();
    }
  }

  private void closeIfDrained() {
    if (state == ConnectionState.DRAINING && present(pipeline).isEmpty()) {
      close(Loss.closed("closed with nothing under way"));
    }
  }

  private void onTimer() {
    if (!state.isOpen()) {
      return;
    }
    long now = now();
    Loss overdue = present(pipeline).expire(now);
    if (overdue != null) {
      close(overdue);
    } else if (isIdle(now)) {
      close(Loss.closed("idle for " + TimeText.of(now - lastUseNanos)));
    } else {
      rearm();
      closeIfDrained();
    }
  }

  private boolean isIdle(long now) {
    return settings.idleNanos() > 0
        && state == ConnectionState.READY
        && present(pipeline).isEmpty()
        && now - lastUseNanos >= settings.idleNanos();
  }

  private void rearm() {
    if (!state.isOpen()) {
      return;
    }
    if (!present(pipeline).isEmpty()) {
      present(timer).armFor(present(pipeline).nextDeadlineNanos());
    } else if (settings.idleNanos() > 0 && state == ConnectionState.READY) {
      present(timer).armFor(lastUseNanos + settings.idleNanos());
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

  private long now() {
    return clock.nanoTime();
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
