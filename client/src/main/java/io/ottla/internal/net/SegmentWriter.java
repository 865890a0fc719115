package io.ottla.internal.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import java.nio.ByteBuffer;
import java.util.List;

/** Puts the pieces of one request into the socket's queue, one behind the other, uncopied. */
final class SegmentWriter {
  private SegmentWriter() {}

  /** The future of the last piece, which is the future of all: the queue keeps its order. */
  static ChannelFuture write(ChannelHandlerContext to, List<ByteBuffer> segments) {
    int last = segments.size() - 1;
    for (ByteBuffer segment : segments.subList(0, last)) {
      ChannelFuture unused = to.write(Unpooled.wrappedBuffer(segment), to.voidPromise());
    }
    return to.write(Unpooled.wrappedBuffer(segments.get(last)));
  }
}
