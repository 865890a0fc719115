package io.ottla.internal.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The event loops and threads that all clients of this process share. They exist while anybody
 * holds a {@link Lease}: the first one starts them, the last one ends them.
 *
 * <p>Thread: any. Always: a loop outlives each lease it was handed out by.
 */
public final class SharedRuntime {
  private static final int MOST_LOOPS = 4;
  private static final long LOOP_SHUTDOWN_SECONDS = 5;
  private static final SharedRuntime OF_THIS_PROCESS = new SharedRuntime(Transport.best());

  private final Transport transport;

  @GuardedBy("this")
  private @Nullable Running running;

  @GuardedBy("this")
  private int leases;

  SharedRuntime(Transport transport) {
    this.transport = transport;
  }

  /** Takes part in the runtime of this process, and starts it if nobody else has. */
  public static Lease acquire() {
    return OF_THIS_PROCESS.lease();
  }

  synchronized Lease lease() {
    Running shared = running;
    if (shared == null) {
      shared = new Running(transport);
      running = shared;
    }
    leases++;
    return new Lease(this, shared);
  }

  private synchronized void release() {
    leases--;
    Running last = running;
    if (leases == 0 && last != null) {
      running = null;
      last.shutDown();
    }
  }

  /** The right to use the runtime. Thread-safe; closing it twice is closing it once. */
  public static final class Lease implements AutoCloseable {
    private final SharedRuntime owner;
    private final Running shared;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private Lease(SharedRuntime owner, Running shared) {
      this.owner = owner;
      this.shared = shared;
    }

    /** The loop for a new connection: each in turn. */
    public EventLoop nextLoop() {
      return shared.loops.next();
    }

    /** As {@link #nextLoop}, for rooms that know no transport. */
    public Loop loop() {
      return new NettyLoop(nextLoop());
    }

    /** The transport's own form of a loop that a lease of this runtime gave out. */
    public EventLoop transportOf(Loop loop) {
      return ((NettyLoop) loop).executor();
    }

    /** Another lease, for somebody who may end later. */
    public Lease another() {
      return owner.lease();
    }

    /** What sockets on its loops are made by. */
    public Transport transport() {
      return owner.transport;
    }

    /** Where code of users runs; it may wait there. */
    public Executor callbacks() {
      return shared.callbacks;
    }

    /** Where host names are looked up. */
    public Executor lookups() {
      return shared.lookups;
    }

    /** Where what users plug into a connection runs, and may wait: credentials, tokens. */
    public Executor blocking() {
      return shared.blocking;
    }

    /** Where batches are compressed, and other work is done that takes time but never waits. */
    public Executor sealers() {
      return shared.sealers;
    }

    /** Ends the use; what already waits for a callback thread still runs. */
    @Override
    public void close() {
      if (isClosed.compareAndSet(false, true)) {
        owner.release();
      }
    }
  }

  /** One life of the threads, between the first lease and the last. */
  private static final class Running {
    final MultiThreadIoEventLoopGroup loops;
    final ExecutorService callbacks = Threads.callbacks();
    final ExecutorService lookups = Threads.lookups();
    final ExecutorService blocking = Threads.blocking();
    final ExecutorService sealers = Threads.sealers();

    Running(Transport transport) {
      int threads = Math.min(MOST_LOOPS, Runtime.getRuntime().availableProcessors());
      loops =
          new MultiThreadIoEventLoopGroup(threads, Threads.named("loop"), transport.ioHandlers());
    }

    void shutDown() {
      // Nobody waits for the end of daemons that have nothing left to do.
      Future<?> unused = loops.shutdownGracefully(0, LOOP_SHUTDOWN_SECONDS, TimeUnit.SECONDS);
      callbacks.shutdown();
      lookups.shutdownNow();
      blocking.shutdown();
      sealers.shutdown();
    }
  }
}
