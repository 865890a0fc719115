package io.ottla.testkit.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The null broker's thread.
 *
 * <p>Owns: the listening socket, all connections, the buffer that all read into. Thread: the
 * counters, {@link #cpuNanos} and {@link #close} on any; all else on the loop.
 */
final class NullLoop {
  private static final Logger LOG = LoggerFactory.getLogger(NullLoop.class);

  /** Measured: as cheap per byte as larger ones, and stays in a core's cache. */
  private static final int INPUT_BYTES = 256 << 10;

  private record Timer(long dueNanos, Runnable task) {}

  private final NullTopics topics;
  private final PreparedBatch batch;
  private final Selector selector;
  private final ServerSocketChannel listener;
  private final int port;
  private final SmallAnswers smallAnswers;
  private final FetchAnswers fetchAnswers;
  private final Thread thread;
  private final ByteBuffer input = ByteBuffer.allocateDirect(INPUT_BYTES);
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::dueNanos));

  private final AtomicLong bytesIn = new AtomicLong();
  private final AtomicLong bytesOut = new AtomicLong();
  private final AtomicLong recordsIn = new AtomicLong();
  private volatile long lastCpuNanos;
  private volatile boolean closing;

  NullLoop(NullTopics topics, PreparedBatch batch, long endOffset, int port) {
    this.topics = topics;
    this.batch = batch;
    this.thread = new Thread(this::run, "ottla-null-broker");
    thread.setDaemon(true);
    try {
      listener = listen(port);
      this.port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
      selector = Selector.open();
      listener.register(selector, SelectionKey.OP_ACCEPT);
    } catch (IOException e) {
      throw new UncheckedIOException("the null broker cannot listen on port " + port, e);
    }
    String clusterId = "null-broker-" + UUID.randomUUID().toString().substring(0, 8);
    this.smallAnswers = new SmallAnswers(topics, clusterId, this.port, endOffset);
    this.fetchAnswers = new FetchAnswers(topics, batch, endOffset);
  }

  private static ServerSocketChannel listen(int port) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.configureBlocking(false);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  void start() {
    thread.start();
  }

  int port() {
    return port;
  }

  long bytesIn() {
    return bytesIn.get();
  }

  long bytesOut() {
    return bytesOut.get();
  }

  long recordsIn() {
    return recordsIn.get();
  }

  /** The CPU time of the thread. */
  long cpuNanos() {
    long now = ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
    return now < 0 ? lastCpuNanos : now;
  }

  /** Ends the thread; returns when it has ended. */
  void close() {
    closing = true;
    selector.wakeup();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  NullTopics topics() {
    return topics;
  }

  PreparedBatch batch() {
    return batch;
  }

  SmallAnswers smallAnswers() {
    return smallAnswers;
  }

  FetchAnswers fetchAnswers() {
    return fetchAnswers;
  }

  /** The buffer to read into, cleared; nobody keeps anything in it. */
  ByteBuffer input() {
    return input.clear();
  }

  void onRead(int bytes) {
    bytesIn.lazySet(bytesIn.get() + bytes);
  }

  void onWritten(long bytes) {
    bytesOut.lazySet(bytesOut.get() + bytes);
  }

  void onProduced(long records) {
    recordsIn.lazySet(recordsIn.get() + records);
  }

  SelectionKey register(SocketChannel channel, NullConnection connection) throws IOException {
    return channel.register(selector, SelectionKey.OP_READ, connection);
  }

  void after(int millis, Runnable task) {
    timers.add(new Timer(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), task));
  }

  private void run() {
    try {
      while (!closing) {
        selector.select(this::onReady, millisToWait());
        runDue();
      }
    } catch (IOException | RuntimeException | Error e) {
      LOG.error("the null broker ends", e);
    } finally {
      end();
    }
  }

  /** 0 for ever, as the selector has it. */
  private long millisToWait() {
    Timer next = timers.peek();
    return next == null
        ? 0
        : Math.max(1, TimeUnit.NANOSECONDS.toMillis(next.dueNanos - System.nanoTime()) + 1);
  }

  private void runDue() {
    Timer next = timers.peek();
    while (next != null && next.dueNanos - System.nanoTime() <= 0) {
      timers.remove(next);
      next.task.run();
      next = timers.peek();
    }
  }

  private void onReady(SelectionKey key) {
    if (key.attachment() instanceof NullConnection connection) {
      if (key.isValid()) {
        connection.onReady();
      }
    } else {
      accept();
    }
  }

  private void accept() {
    try {
      SocketChannel channel = listener.accept();
      while (channel != null) {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        new NullConnection(this, channel);
        channel = listener.accept();
      }
    } catch (IOException e) {
      LOG.warn("the null broker could not accept a connection", e);
    }
  }

  private void end() {
    lastCpuNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    try {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      LOG.warn("the null broker's socket did not close", e);
    }
  }
}
