package io.ottla.security;

import io.ottla.error.AuthenticationException;
import io.ottla.error.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The order of things in the exchanges of our own mechanisms; what they say is theirs.
 *
 * <p>Owns: the state. Thread: one at a time. Always: what failed stays failed; an error names
 * mechanism, broker and user.
 */
abstract class OwnExchange implements SaslExchange {
  private static final Logger LOG = LoggerFactory.getLogger(OwnExchange.class);

  /** How messages begin. */
  private final String label;

  private SaslState state = SaslState.NEW;

  /**
   * @param label mechanism, broker and user: {@code SCRAM-SHA-256 at broker1:9092 as alice}
   */
  OwnExchange(String label) {
    this.label = label;
  }

  /** The first bytes; if they are the last as well, it calls {@link #proved}. */
  abstract byte[] opening();

  /** Answers a challenge to what was sent before the proof; with the proof it calls the same. */
  byte @Nullable [] answer(byte[] challenge) {
    throw new AuthenticationException("the broker asks for more than the mechanism has", null);
  }

  /** Looks at what the broker says to the proof; throws if that is not a yes. */
  abstract void conclude(byte[] verdict);

  @Override
  public final byte[] first() {
    try {
      moveTo(SaslState.FIRST_SENT, "begins");
      return opening();
    } catch (RuntimeException failure) {
      throw failed(failure);
    }
  }

  @Override
  public final byte @Nullable [] next(byte[] challenge) {
    try {
      if (state == SaslState.FIRST_SENT) {
        return answer(challenge);
      }
      if (state != SaslState.PROOF_SENT) {
        throw new AuthenticationException("the broker speaks after the end", null);
      }
      conclude(challenge);
      moveTo(SaslState.COMPLETE, "both sides are satisfied");
      return null;
    } catch (RuntimeException failure) {
      throw failed(failure);
    }
  }

  @Override
  public final boolean isComplete() {
    return state == SaslState.COMPLETE;
  }

  final SaslState state() {
    return state;
  }

  /** All that this side has to say is said. */
  final void proved() {
    moveTo(SaslState.PROOF_SENT, "the proof is sent");
  }

  private RuntimeException failed(RuntimeException failure) {
    if (state.mayBecome(SaslState.FAILED)) {
      moveTo(SaslState.FAILED, failure.getClass().getSimpleName());
    }
    return labelled(label, failure);
  }

  /** The same failure, in words that say where and who. */
  static RuntimeException labelled(String label, RuntimeException failure) {
    String message = label + ": " + failure.getMessage();
    if (failure instanceof AuthenticationException) {
      return new AuthenticationException(message, failure.getCause());
    }
    return failure instanceof RetriableException passing
        ? new RetriableException(message, passing.outcome(), failure.getCause())
        : failure;
  }

  private void moveTo(SaslState next, String why) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException(label + ": " + state + " cannot become " + next);
    }
    LOG.trace("{}: {} -> {}: {}", label, state, next, why);
    state = next;
  }

  @Override
  public String toString() {
    return label + ", " + state;
  }
}
