package io.ottla.internal.producer;

import org.jspecify.annotations.Nullable;

/**
 * What the sender of a staged record wants to hear, and to which partition it sent.
 *
 * @param partition the number it gave
 * @param ticket see {@link Ticket}
 */
record StagedTicket(int partition, @Nullable Object ticket) {
  /** What the sender wants to hear, of whatever lies in a staged batch. */
  static @Nullable Object ticketOf(@Nullable Object staged) {
    return staged instanceof StagedTicket with ? with.ticket : staged;
  }

  /** The partition the sender gave; −1 for none. */
  static int partitionOf(@Nullable Object staged) {
    return staged instanceof StagedTicket with ? with.partition : -1;
  }
}
