package io.ottla.internal.producer;

/** Whether a producer has an id. */
enum ProducerIdState {
  /** It has none, and asks when a lane needs one. */
  NONE,
  /** It has asked a broker. */
  ASKING,
  /** It has asked in vain, and asks again a little later. */
  PAUSING,
  /** It has one. */
  PRESENT,
  /** The brokers have none for it; records go without. */
  OFF,
  /** The brokers have none for it, and without one nothing may be sent. */
  REFUSED,
  /** It needs none any more. */
  CLOSED;

  boolean mayBecome(ProducerIdState next) {
    return switch (this) {
      case NONE -> next == ASKING || next == CLOSED;
      case ASKING ->
          next == PRESENT || next == PAUSING || next == OFF || next == REFUSED || next == CLOSED;
      case PAUSING -> next == NONE || next == CLOSED;
      case PRESENT -> next == NONE || next == CLOSED;
      case OFF -> next == CLOSED;
      case REFUSED -> next == NONE || next == CLOSED;
      case CLOSED -> false;
    };
  }
}
