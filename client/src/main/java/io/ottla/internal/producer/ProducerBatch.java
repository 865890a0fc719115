package io.ottla.internal.producer;

import io.ottla.error.SendOutcome;
import io.ottla.protocol.record.BatchWriter;
import io.ottla.protocol.record.SealedBatch;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Records of one partition that travel together, from the first append to the last report.
 *
 * <p>Owns: the writer while it is open, the sealed bytes after that, and what each record's sender
 * wants to hear. Thread: while {@code OPEN} whoever holds its partition's lock; while {@code
 * SEALING} who detached it; from {@code SEALED} to {@code DONE} the producer's loop; then the
 * delivery thread. Always: the bytes are released once, when the socket has no more use for them
 * <em>and</em> the reports are made.
 *
 * <p>Units: bytes, nanoseconds of the injected clock.
 */
final class ProducerBatch {
  static final long NO_PRODUCER_ID = -1;
  static final int NO_SEQUENCE = -1;
  private static final @Nullable Object[] NO_TICKETS = {};
  private static final int FIRST_TICKETS = 16;

  private final BatchWriter writer;
  private final long openedNanos;
  private BatchPhase phase = BatchPhase.OPEN;
  private @Nullable SealedBatch sealed; // from SEALED on, until released
  private @Nullable Object[] tickets = NO_TICKETS; // by record; what is missing is null
  private int count; // from SEALING on
  private boolean isKeyed; // a record's key, or its sender, chose the partition

  // The loop's, from SEALED on.
  private long producerId = NO_PRODUCER_ID;
  private short producerEpoch = -1;
  private int baseSequence = NO_SEQUENCE;
  private SendOutcome outcome = SendOutcome.NOT_SENT; // UNKNOWN once a broker may have it
  private int attempts;

  // Any thread.
  private final Memory memory;
  private final AtomicInteger holds = new AtomicInteger(1); // one until the reports are made
  private volatile long chargedBytes;
  private Rounds.@Nullable Round round; // set once, before it is shared

  /**
   * @param chargedBytes what was taken of the memory for it
   */
  ProducerBatch(BatchWriter writer, long openedNanos, Memory memory, long chargedBytes) {
    this.writer = writer;
    this.openedNanos = openedNanos;
    this.memory = memory;
    this.chargedBytes = chargedBytes;
  }

  /** It is counted by this round of flushes. */
  void joined(Rounds.Round itsRound) {
    round = itsRound;
  }

  /** It has some of another one's records, which is about to be replaced: flushes wait for it. */
  void isPartOf(ProducerBatch whole) {
    Rounds.Round itsRound = whole.round;
    if (itsRound != null) {
      itsRound.joinAsPart();
      round = itsRound;
    }
  }

  Rounds.@Nullable Round round() {
    return round;
  }

  /** What it takes of the producer's memory. */
  long chargedBytes() {
    return chargedBytes;
  }

  /** It takes more, or less, of the memory from now on; that has been settled with the memory. */
  void charge(long bytes) {
    chargedBytes = bytes;
  }

  /** Somebody reads its bytes: a request that is on its way. */
  void hold() {
    holds.incrementAndGet();
  }

  /** Whether nobody reads its bytes, so that it may be numbered anew. */
  boolean isFree() {
    return holds.get() == 1;
  }

  /**
   * Who held it needs it no more: a request whose bytes are free, or, for its first hold, whoever
   * made the reports. The last one gives bytes and memory back. Any thread.
   */
  void letGo() {
    if (holds.decrementAndGet() == 0) {
      SealedBatch bytes = sealed;
      if (bytes != null) {
        bytes.release();
      }
      memory.give(chargedBytes);
    }
  }

  BatchWriter writer() {
    return writer;
  }

  /** When its first record was taken; its delivery timeout counts from here. */
  long openedNanos() {
    return openedNanos;
  }

  BatchPhase phase() {
    return phase;
  }

  int count() {
    return phase == BatchPhase.OPEN ? writer.count() : count;
  }

  /** What the sender of a record wants to hear is kept for the record appended last. */
  void keep(Object ticket) {
    int index = writer.count() - 1;
    if (index >= tickets.length) {
      tickets =
          Arrays.copyOf(tickets, Math.max(FIRST_TICKETS, Math.max(index + 1, 2 * tickets.length)));
    }
    tickets[index] = ticket;
  }

  /** What the sender of a record wants to hear; null if nothing. See {@link Ticket}. */
  @Nullable Object ticket(int index) {
    return index < tickets.length ? tickets[index] : null;
  }

  /** Its records were staged, and will not be placed: what their senders want to hear stays. */
  void unstage() {
    for (int i = 0; i < tickets.length; i++) {
      tickets[i] = StagedTicket.ticketOf(tickets[i]);
    }
  }

  boolean hasTickets() {
    return tickets.length > 0;
  }

  void markKeyed() {
    isKeyed = true;
  }

  /** Whether the batch may go to another partition: nobody cares to which it goes. */
  boolean isMovable() {
    return !isKeyed && outcome == SendOutcome.NOT_SENT;
  }

  /** Takes no more records. */
  void detach() {
    count = writer.count();
    moveTo(BatchPhase.SEALING, "takes no more records");
  }

  void onSealed(SealedBatch bytes) {
    sealed = bytes;
    moveTo(BatchPhase.SEALED, "sealed");
  }

  SealedBatch sealed() {
    return Objects.requireNonNull(sealed, "sealed");
  }

  /** The numbers that it is, or was last, sent with. */
  void number(long id, short epoch, int sequence) {
    producerId = id;
    producerEpoch = epoch;
    baseSequence = sequence;
  }

  long producerId() {
    return producerId;
  }

  short producerEpoch() {
    return producerEpoch;
  }

  int baseSequence() {
    return baseSequence;
  }

  boolean isNumbered() {
    return baseSequence != NO_SEQUENCE;
  }

  /** Whether a broker can have it. */
  SendOutcome outcome() {
    return outcome;
  }

  /** A broker may have it, or surely has not. */
  void outcome(SendOutcome now) {
    outcome = now;
  }

  int attempts() {
    return attempts;
  }

  void onSent() {
    attempts++;
    moveTo(BatchPhase.IN_FLIGHT, "handed to its leader's link");
  }

  void moveTo(BatchPhase next, String why) {
    if (!phase.mayBecome(next)) {
      throw new IllegalStateException(
          "a batch of " + count() + ": " + phase + " -> " + next + ": " + why);
    }
    phase = next;
  }
}
