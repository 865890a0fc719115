package io.ottla.stats;

/**
 * What became of records, since the producer was opened. A record that has, or is about to have,
 * its report counts in exactly one of {@code delivered}, {@code failed} and {@code refused}.
 *
 * @param delivered those that were written; with acks=0: that have left
 * @param failed those that were not, or perhaps not, written, although they had a partition
 * @param retried how often records were sent again; the same record may count often
 * @param refused those that failed before they had a partition: too large, no room, no such topic,
 *     a serializer that threw
 * @param dropped of all these, those that overflow dropped
 * @param diverted of all these, those that overflow diverted
 */
public record RecordCounts(
    long delivered, long failed, long retried, long refused, long dropped, long diverted) {}
