package io.ottla.watch;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.netty.util.ResourceLeakTracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Every Netty buffer that has not been released, known at once and without waiting for the garbage
 * collector. Takes the place of Netty's own detector, which then tracks all and samples nothing.
 */
final class OpenBuffers extends ResourceLeakDetectorFactory {
  private static final Map<Tracker<?>, Throwable> OPEN = new ConcurrentHashMap<>();

  /** Must come before the first buffer of the process. */
  static void install() {
    ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new OpenBuffers());
  }

  /** Those open now. */
  static List<Tracker<?>> now() {
    return new ArrayList<>(OPEN.keySet());
  }

  static Throwable origin(Tracker<?> tracker) {
    return OPEN.getOrDefault(tracker, new Throwable("released meanwhile"));
  }

  @Override
  @SuppressWarnings("deprecation") // abstract, so it has to be there
  public <T> ResourceLeakDetector<T> newResourceLeakDetector(
      Class<T> resource, int samplingInterval, long maxActive) {
    return new Detector<>(resource, samplingInterval);
  }

  private static final class Detector<T> extends ResourceLeakDetector<T> {
    Detector(Class<?> resource, int samplingInterval) {
      super(resource, samplingInterval);
    }

    @Override
    public ResourceLeakTracker<T> track(T resource) {
      return new Tracker<>();
    }

    @Override
    public ResourceLeakTracker<T> trackForcibly(T resource) {
      return new Tracker<>();
    }
  }

  /**
   * One buffer.
   *
   * @param <T> its type
   */
  static final class Tracker<T> implements ResourceLeakTracker<T> {
    Tracker() {
      OPEN.put(this, new Throwable("acquired here"));
    }

    @Override
    public void record() {}

    @Override
    public void record(@Nullable Object hint) {}

    @Override
    public boolean close(@Nullable T tracked) {
      return OPEN.remove(this) != null;
    }
  }
}
