package io.ottla.testkit.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;

/** What lies between a connection and its socket. Thread: the cluster's loop. */
interface Transport extends GatheringByteChannel {
  /**
   * Reads what the client said.
   *
   * @return how many bytes; −1 if it will say no more
   */
  int read(ByteBuffer into) throws IOException;

  /** Whether there is something to read although the socket may have nothing more. */
  boolean hasRead();

  /** Whether it takes what is to be written. */
  boolean isReady();

  /** Whether the socket has not taken yet all that was written. */
  boolean hasUnsent();

  /** Offers to the socket what it has not taken yet. */
  void flush() throws IOException;

  /** Says goodbye, if that is the custom and the socket takes it at once. */
  void sayGoodbye();
}
