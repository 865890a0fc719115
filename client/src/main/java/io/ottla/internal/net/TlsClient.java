package io.ottla.internal.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;

/** Makes the TLS end of new connections. Thread: any; nothing in it waits. */
public interface TlsClient {
  /**
   * A handler for one connection to this peer, whose name it verifies if that is asked for, and
   * sends along (SNI). The handshake begins when it is added to a channel's pipeline.
   */
  SslHandler newHandler(ByteBufAllocator allocator, Endpoint peer);

  /** Why a handshake failed, in words that say what to do: no stack of causes, no secrets. */
  String explain(Throwable failure, Endpoint peer);
}
