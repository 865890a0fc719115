package io.ottla.internal.net;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Queue;

/** A socket that takes nothing while it is shut: writes stay half done. */
final class Gate extends ChannelOutboundHandlerAdapter {
  private record Held(ChannelHandlerContext context, Object message, ChannelPromise promise) {}

  private final Queue<Held> held = new ArrayDeque<>();
  private boolean isShut;
  int flushes;

  void shut() {
    isShut = true;
  }

  void open() {
    isShut = false;
    while (!held.isEmpty()) {
      Held next = held.remove();
      ChannelFuture unused = next.context.write(next.message, next.promise);
      next.context.flush();
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (isShut) {
      held.add(new Held(context, message, promise));
    } else {
      ChannelFuture unused = context.write(message, promise);
    }
  }

  @Override
  public void flush(ChannelHandlerContext context) {
    flushes++;
    context.flush();
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    while (!held.isEmpty()) {
      Held next = held.remove();
      ReferenceCountUtil.release(next.message);
      if (!next.promise.isVoid()) {
        next.promise.setFailure(new ClosedChannelException());
      }
    }
    ChannelFuture unused = context.close(promise);
  }
}
