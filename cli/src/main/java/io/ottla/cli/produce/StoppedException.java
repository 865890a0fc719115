package io.ottla.cli.produce;

/** A record was lost, so that no more input is to be read. What was lost is in the deliveries. */
final class StoppedException extends Exception {
  private static final long serialVersionUID = 1L;

  StoppedException() {
    super("a record was not delivered", null, false, false);
  }
}
