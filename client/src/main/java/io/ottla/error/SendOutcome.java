package io.ottla.error;

/** What is known about a request that ended with an error: can the broker have acted on it? */
public enum SendOutcome {
  /** The broker cannot have seen it: sending it again cannot do it twice. */
  NOT_SENT,
  /** Some or all of its bytes left, and no answer came: it may have been carried out. */
  UNKNOWN,
  /** The broker answered, and the answer was no. */
  REFUSED
}
