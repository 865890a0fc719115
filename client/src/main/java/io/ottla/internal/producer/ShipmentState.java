package io.ottla.internal.producer;

/** How far a batch has come in its lane. */
enum ShipmentState {
  /** To be sent, for the first time or again. */
  WAITING,
  /** Part of a request; its answer is outstanding. */
  IN_FLIGHT,
  /** Known to be written; told when all before it have ended. */
  WRITTEN,
  /** Known to fail; told when all before it have ended. */
  FAILED,
  /** Its end was told; if it was in flight, its answer is waited for and means nothing to it. */
  TOLD;

  boolean mayBecome(ShipmentState next) {
    return switch (this) {
      case WAITING -> next == IN_FLIGHT || next == WRITTEN || next == FAILED || next == TOLD;
      case IN_FLIGHT -> next == WAITING || next == WRITTEN || next == FAILED || next == TOLD;
      case WRITTEN, FAILED -> next == TOLD;
      case TOLD -> false;
    };
  }
}
