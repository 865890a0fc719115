package io.ottla.protocol.record;

/**
 * The state of one outgoing batch, begun by its writer and carried on by what the writer sealed.
 *
 * <p>Thread: as the batch, one at a time.
 */
final class BatchLife {
  private BatchState state = BatchState.OPEN;

  BatchState state() {
    return state;
  }

  void moveTo(BatchState next, String why) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException(
          "a batch that is " + state + " cannot be " + next + ": " + why);
    }
    state = next;
  }

  void require(BatchState wanted, String what) {
    if (state != wanted) {
      throw new IllegalStateException(what + " needs a batch that is " + wanted + ", not " + state);
    }
  }
}
