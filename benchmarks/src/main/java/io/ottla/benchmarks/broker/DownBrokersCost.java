package io.ottla.benchmarks.broker;

import com.sun.management.OperatingSystemMXBean;
import io.ottla.internal.net.BrokerLink;
import io.ottla.internal.net.Call;
import io.ottla.internal.net.ConnectionSettings;
import io.ottla.internal.net.Endpoint;
import io.ottla.internal.net.FutureReply;
import io.ottla.internal.net.LinkTrouble;
import io.ottla.internal.net.Reconnect;
import io.ottla.internal.net.SocketSettings;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.SharedRuntime;
import io.ottla.protocol.message.MetadataRequest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What it costs to wait for brokers that are all down: three links that nobody answers, each with a
 * call that waits, and the usual back-off.
 *
 * <p>Prints a Markdown table; CPU is of the whole process. First argument: seconds per measurement,
 * default 10; it is done once before, to warm up.
 */
public final class DownBrokersCost {
  private static final int LINKS = 3;
  private static final Reconnect USUAL =
      Reconnect.backoff(Duration.ofMillis(50), Duration.ofSeconds(1), 0.2, Reconnect.UNLIMITED);

  private DownBrokersCost() {}

  /** Measures. */
  public static void main(String[] args) throws Exception {
    int seconds = args.length == 0 ? 10 : Integer.parseInt(args[0]);
    System.out.println(
        "| links | seconds | attempts | CPU, percent of a core | CPU, µs per attempt |");
    System.out.println("|--:|--:|--:|--:|--:|");
    try (SharedRuntime.Lease runtime = SharedRuntime.acquire()) {
      List<BrokerLink> links = new ArrayList<>();
      for (int i = 0; i < LINKS; i++) {
        links.add(waiting(runtime));
      }
      measure(links, seconds);
      measure(links, seconds);
      for (BrokerLink link : links) {
        link.close(Duration.ZERO).get(10, TimeUnit.SECONDS);
      }
    }
  }

  private static BrokerLink waiting(SharedRuntime.Lease runtime) throws IOException {
    ConnectionSettings settings =
        new ConnectionSettings(
                "down",
                TimeUnit.SECONDS.toNanos(10),
                TimeUnit.SECONDS.toNanos(30),
                0,
                1 << 20,
                SocketSettings.defaults())
            .with(USUAL);
    BrokerLink link =
        new BrokerLink(new Endpoint("localhost", closedPort()), settings, Clock.system(), runtime);
    link.send(
        Call.of(
                new MetadataRequest(),
                Duration.ofHours(1),
                Clock.system(),
                new FutureReply<>(runtime.callbacks()))
            .build());
    return link;
  }

  private static int closedPort() throws IOException {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return closed.getLocalPort();
    }
  }

  private static void measure(List<BrokerLink> links, int seconds) throws InterruptedException {
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    int attempts = attempts(links);
    long cpu = process.getProcessCpuTime();
    long start = System.nanoTime();
    boolean unused = new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
    double nanos = System.nanoTime() - start;
    double cpuNanos = process.getProcessCpuTime() - cpu;
    int made = attempts(links) - attempts;
    System.out.printf(
        Locale.ROOT,
        "| %d | %.1f | %d | %.2f | %.0f |%n",
        links.size(),
        nanos / 1e9,
        made,
        100 * cpuNanos / nanos,
        cpuNanos / 1e3 / Math.max(1, made));
  }

  private static int attempts(List<BrokerLink> links) {
    int attempts = 0;
    for (BrokerLink link : links) {
      LinkTrouble trouble = link.trouble();
      attempts += trouble == null ? 0 : trouble.failures();
    }
    return attempts;
  }
}
