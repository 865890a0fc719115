package io.ottla.internal.net;

/** One attempt to get a ready connection. Thread: the link's loop. */
interface Attempt {
  /** Whoever waits for it. */
  interface Listener {
    /** The connection takes requests, and is the listener's from now on. */
    void onOpen(Connection connection);

    /** There is none. */
    void onFailed(Loss loss);
  }

  /** Gives up. The listener is not told. */
  void cancel(String why);

  /** What it waits for, for the message of whoever does not wait any longer. */
  String describe();
}
