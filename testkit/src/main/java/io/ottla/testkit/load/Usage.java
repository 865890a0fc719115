package io.ottla.testkit.load;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/**
 * What this process has used so far, or between two moments.
 *
 * @param nanos time on the clock
 * @param cpuNanos of all threads, those of the JVM too
 * @param allocatedBytes of the threads that are alive: what ended threads allocated is not counted
 * @param collections how often a collector ran
 * @param collectionMillis how long, as the collectors count
 */
record Usage(
    long nanos, long cpuNanos, long allocatedBytes, long collections, long collectionMillis) {
  static Usage now(LoadClock clock) {
    long collections = 0;
    long millis = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      collections += Math.max(0, collector.getCollectionCount());
      millis += Math.max(0, collector.getCollectionTime());
    }
    return new Usage(clock.nanos(), cpuNanosNow(), allocatedBytesNow(), collections, millis);
  }

  /** Of the whole process since it began; allocation and collections as above. */
  static Usage ofProcess(LoadClock clock) {
    Usage now = now(clock);
    long upNanos = ManagementFactory.getRuntimeMXBean().getUptime() * 1_000_000;
    return new Usage(
        upNanos, now.cpuNanos, now.allocatedBytes, now.collections, now.collectionMillis);
  }

  Usage since(Usage before) {
    return new Usage(
        nanos - before.nanos,
        cpuNanos - before.cpuNanos,
        allocatedBytes - before.allocatedBytes,
        collections - before.collections,
        collectionMillis - before.collectionMillis);
  }

  double seconds() {
    return nanos / 1e9;
  }

  private static long cpuNanosNow() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static long allocatedBytesNow() {
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    long sum = 0;
    for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
      sum += Math.max(0, bytes);
    }
    return sum;
  }
}
