package io.ottla.internal.producer;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A few {@link Scratch}es to be used again and again, whichever threads send: virtual ones come and
 * go, and a serializer may send a record of its own while another one is being serialized.
 *
 * <p>Thread: any. Always: one that is taken is nobody else's until it is given back; if none is
 * left a new one is made, and one for which there is no place is dropped.
 */
final class Scratches {
  private static final int TRIES = 4;

  private final AtomicReferenceArray<@Nullable Scratch> idle;
  private final int mask;

  Scratches() {
    int places = Integer.highestOneBit(4 * Runtime.getRuntime().availableProcessors());
    idle = new AtomicReferenceArray<>(places);
    mask = places - 1;
  }

  /** One that nobody uses. */
  Scratch take() {
    int first = place();
    for (int i = 0; i < TRIES; i++) {
      int place = (first + i) & mask;
      Scratch found = idle.getPlain(place) == null ? null : idle.getAndSet(place, null);
      if (found != null) {
        return found;
      }
    }
    return new Scratch();
  }

  /** It is of no more use to whoever took it. */
  void give(Scratch scratch) {
    scratch.end();
    int first = place();
    for (int i = 0; i < TRIES; i++) {
      if (idle.compareAndSet((first + i) & mask, null, scratch)) {
        return;
      }
    }
  }

  /** Where a thread looks first; two that look at the same place disturb one another only then. */
  private static int place() {
    int hash = System.identityHashCode(Thread.currentThread());
    return hash ^ hash >>> 16;
  }
}
