package io.ottla.internal.producer;

import io.ottla.producer.Delivery;
import io.ottla.producer.DeliveryListener;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.Blackhole;

/** Who wants to hear what became of a record; public because JMH's generated code names it. */
public enum Audience {
  /** Nobody. */
  NONE,
  /** A listener given at send, which looks at the offset. */
  LISTENER,
  /** Likewise, and at the value. */
  LISTENER_OF_VALUES,
  /** A listener given at send, which keeps copies. */
  LISTENER_WITH_COPIES,
  /** A future, which is made here, too. */
  FUTURE;

  @Nullable Object ticket(Blackhole hole) {
    return switch (this) {
      case NONE -> null;
      case LISTENER -> (DeliveryListener) report -> hole.consume(report.offset());
      case LISTENER_OF_VALUES ->
          (DeliveryListener)
              report -> {
                ByteBuffer value = report.value();
                hole.consume(value == null ? 0 : value.remaining());
              };
      case LISTENER_WITH_COPIES -> (DeliveryListener) report -> hole.consume(report.copy());
      case FUTURE -> new Renewed(hole);
    };
  }

  /** Stands for a new future each time that it is completed. */
  private static final class Renewed extends CompletableFuture<Delivery> {
    private final Blackhole hole;

    Renewed(Blackhole hole) {
      this.hole = hole;
    }

    @Override
    public boolean complete(Delivery value) {
      CompletableFuture<Delivery> future = new CompletableFuture<>();
      hole.consume(future);
      return future.complete(value);
    }
  }
}
