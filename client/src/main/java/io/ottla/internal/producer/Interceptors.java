package io.ottla.internal.producer;

import io.ottla.producer.DeliveryListener;
import io.ottla.producer.DeliveryReport;
import io.ottla.producer.ProducerInterceptor;
import io.ottla.producer.ProducerRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Those who see each record before it is serialized, one after the other, and each report.
 *
 * <p>Thread: the sender's for records, the delivery thread for reports.
 */
final class Interceptors<K, V> {
  private final List<ProducerInterceptor<K, V>> all;

  Interceptors(List<ProducerInterceptor<K, V>> all) {
    this.all = all;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** What they make of a record; null if one of them drops it. What one throws goes through. */
  @Nullable ProducerRecord<K, V> onSend(ProducerRecord<K, V> record) {
    @Nullable ProducerRecord<K, V> now = record;
    for (ProducerInterceptor<K, V> each : all) {
      now = each.onSend(now);
      if (now == null) {
        return null;
      }
    }
    return now;
  }

  /** A listener that tells them, and the producer's own. */
  @Nullable DeliveryListener before(@Nullable DeliveryListener listener, boolean isErrorsOnly) {
    if (all.isEmpty()) {
      return listener;
    }
    return report -> {
      @Nullable RuntimeException first = null;
      for (ProducerInterceptor<K, V> each : all) {
        first = tell(each::onReport, report, first);
      }
      if (listener != null && (!isErrorsOnly || !report.isDelivered())) {
        first = tell(listener, report, first);
      }
      if (first != null) {
        throw first;
      }
    };
  }

  /** What one throws is told when all have heard; the others do not suffer from it. */
  private static @Nullable RuntimeException tell(
      DeliveryListener to, DeliveryReport report, @Nullable RuntimeException before) {
    try {
      to.onReport(report);
      return before;
    } catch (RuntimeException thrown) {
      if (before == null) {
        return thrown;
      }
      before.addSuppressed(thrown);
      return before;
    }
  }
}
