package io.ottla.internal.producer;

import io.ottla.error.Attempt;
import io.ottla.error.AuthorizationException;
import io.ottla.error.ClosedException;
import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.RetriableException;
import io.ottla.error.SendOutcome;
import io.ottla.error.TimeoutException;
import io.ottla.error.UnsupportedVersionException;
import io.ottla.internal.cluster.route.Attempts;
import io.ottla.internal.net.TimeText;
import io.ottla.protocol.message.ErrorCode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why batches fail, in words. Pure. */
final class Troubles {
  private Troubles() {}

  /** As one of ours. */
  static OttlaException typed(@Nullable Throwable failure) {
    return failure instanceof OttlaException ours
        ? ours
        : new RetriableException(
            "failed for a reason of Ottla's own: " + failure, SendOutcome.UNKNOWN, failure);
  }

  /** No id for the producer. */
  static OttlaException ofProducerId(ErrorCode error) {
    String words = "no producer id: a broker said " + error + " (" + error.message() + ")";
    return switch (error) {
      case CLUSTER_AUTHORIZATION_FAILED, TRANSACTIONAL_ID_AUTHORIZATION_FAILED ->
          new AuthorizationException(
              words + "; allow IdempotentWrite on the cluster, or set idempotence=false", error);
      default -> new RetriableException(words, error);
    };
  }

  /** Idempotence was demanded, and cannot be. */
  static OttlaException demanded(OttlaException failure) {
    return failure instanceof UnsupportedVersionException
        ? new UnsupportedVersionException(
            "record not sent: idempotence=true needs brokers of Kafka 0.11 or newer: "
                + failure.getMessage()
                + "; set idempotence=auto if a retry may write a record twice")
        : failure;
  }

  /** Its time is over. */
  static TimeoutException expired(Shipment shipment, List<Attempt> tried, long nowNanos) {
    Lane lane = shipment.lane();
    long waitedNanos = nowNanos - shipment.batch().openedNanos();
    boolean isUnknown = shipment.isUnknown();
    String facts = tried.isEmpty() ? progress(shipment) : Attempts.text(tried);
    return new TimeoutException(
        what(shipment)
            + (isUnknown ? " perhaps sent, but not acknowledged after " : " not sent after ")
            + TimeText.of(waitedNanos)
            + ": "
            + facts
            + "; raise delivery.timeout, or look at the leader of "
            + lane,
        isUnknown ? SendOutcome.UNKNOWN : SendOutcome.NOT_SENT,
        Duration.ofNanos(waitedNanos),
        tried);
  }

  private static String progress(Shipment shipment) {
    int attempts = shipment.batch().attempts();
    return attempts == 0
        ? "it was never its turn"
        : "the leader has not answered (" + attempts + " attempts)";
  }

  /** The leader refused it for good. */
  static OttlaException refused(
      Shipment shipment, ErrorCode error, @Nullable String said, String where) {
    String words =
        what(shipment)
            + " refused by "
            + where
            + ": "
            + error
            + " ("
            + (said == null ? error.message() : said)
            + ")";
    if (shipment.batch().outcome() == SendOutcome.UNKNOWN) {
      return new RefusedException(
          words + "; an earlier attempt may have succeeded", SendOutcome.UNKNOWN, null);
    }
    return switch (Verdict.of(error)) {
      case DENIED ->
          new AuthorizationException(words + "; allow Write on the topic to this user", error);
      case UNEXPLAINED ->
          new RetriableException(
              words + "; it may have been written; the broker's log says more",
              SendOutcome.UNKNOWN,
              null);
      case TOO_LARGE ->
          new RefusedException(words + "; make records smaller, or raise max.message.bytes", error);
      default -> new RefusedException(words, error);
    };
  }

  /** The leader refused its batch because of it. */
  static OttlaException recordRefused(
      Lane lane, ErrorCode error, @Nullable String said, String where) {
    return new RefusedException(
        "record for "
            + lane
            + " refused by "
            + where
            + ": "
            + error
            + " ("
            + (said == null ? error.message() : said)
            + ")",
        error);
  }

  /** Its leader is too old for its codec. */
  static OttlaException tooOldForZstd(Shipment shipment, String where) {
    return new RefusedException(
        what(shipment)
            + " not sent: "
            + where
            + " is older than Kafka 2.1, which zstd needs; choose another compression",
        SendOutcome.NOT_SENT,
        null);
  }

  /** Its records have no place in the form that its leader takes. */
  static OttlaException tooOld(Shipment shipment, String where, String why) {
    return new RefusedException(
        what(shipment) + " not sent to " + where + ": " + why, SendOutcome.NOT_SENT, null);
  }

  /** It was tried as often as may be. */
  static OttlaException retriesOver(
      Shipment shipment, String last, @Nullable ErrorCode error, int retries) {
    String words =
        what(shipment) + " not acknowledged after " + retries + " retries, last: " + last;
    boolean isUnknown = shipment.batch().outcome() == SendOutcome.UNKNOWN;
    if (isUnknown || error == null) {
      return new RetriableException(
          words + (isUnknown ? "; perhaps written" : ""),
          isUnknown ? SendOutcome.UNKNOWN : SendOutcome.NOT_SENT,
          null);
    }
    return new RetriableException(words, error);
  }

  /** It goes no further, and an earlier attempt had no answer. */
  static OttlaException perhapsBefore(Shipment shipment, OttlaException why) {
    return new RefusedException(
        what(shipment) + " perhaps written by an attempt without answer; now: " + why.getMessage(),
        SendOutcome.UNKNOWN,
        why);
  }

  /** A leader that may have it cannot tell. */
  static OttlaException unresolved(Shipment shipment) {
    return new RetriableException(
        what(shipment)
            + " perhaps written: an attempt had no answer, and the leader does not tell which"
            + " records of this producer it has (it may be asked from Kafka 2.8 on, by who may Read"
            + " the topic)",
        SendOutcome.UNKNOWN,
        null);
  }

  static OttlaException purged(Shipment shipment) {
    SendOutcome outcome = outcome(shipment);
    return new RefusedException(what(shipment) + " given up by purge", outcome, null);
  }

  static OttlaException closed(Shipment shipment) {
    SendOutcome outcome = outcome(shipment);
    return new ClosedException(
        what(shipment)
            + (outcome == SendOutcome.UNKNOWN ? " perhaps sent, but not acknowledged" : " not sent")
            + ": the producer was closed",
        outcome);
  }

  private static SendOutcome outcome(Shipment shipment) {
    return shipment.isUnknown() ? SendOutcome.UNKNOWN : SendOutcome.NOT_SENT;
  }

  private static String what(Shipment shipment) {
    int count = shipment.batch().count();
    return (count == 1 ? "record" : count + " records") + " for " + shipment.lane();
  }
}
