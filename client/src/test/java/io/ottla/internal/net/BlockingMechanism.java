package io.ottla.internal.net;

import io.ottla.security.SaslExchange;
import io.ottla.security.SaslMechanism;
import io.ottla.security.SaslPeer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A mechanism whose credentials do not come until a test lets them. */
final class BlockingMechanism implements SaslMechanism {
  private final CountDownLatch released = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile String threadName = "";

  void release() {
    released.countDown();
  }

  void awaitClosed() throws InterruptedException {
    if (!closed.await(10, TimeUnit.SECONDS)) {
      throw new AssertionError("the exchange was not closed");
    }
  }

  String threadName() {
    return threadName;
  }

  @Override
  public String name() {
    return "BLOCKING";
  }

  @Override
  public SaslExchange begin(SaslPeer peer) {
    threadName = Thread.currentThread().getName();
    try {
      released.await();
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
    return new SaslExchange() {
      @Override
      public byte[] first() {
        return new byte[0];
      }

      @Override
      public byte @Nullable [] next(byte[] challenge) {
        return null;
      }

      @Override
      public boolean isComplete() {
        return true;
      }

      @Override
      public void close() {
        closed.countDown();
      }
    };
  }
}
