package io.ottla.internal.runtime;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;

/** How loops talk to the operating system. */
public enum Transport {
  /** Linux, natively: fewer system calls and copies, more socket options. */
  EPOLL,
  /** The JDK's selector: everywhere. */
  NIO;

  /** The best that this machine has. */
  public static Transport best() {
    return Epoll.isAvailable() ? EPOLL : NIO;
  }

  /** Makes the part of a loop that waits for sockets. */
  IoHandlerFactory ioHandlers() {
    return switch (this) {
      case EPOLL -> EpollIoHandler.newFactory();
      case NIO -> NioIoHandler.newFactory();
    };
  }

  /** A socket that is not yet connected. */
  public Channel newSocket() {
    return switch (this) {
      case EPOLL -> new EpollSocketChannel();
      case NIO -> new NioSocketChannel();
    };
  }
}
