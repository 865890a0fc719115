package io.ottla.testkit.internal.log;

import java.nio.ByteBuffer;

/**
 * Where a batch lies, and what is asked about it often.
 *
 * @param segment the stretch of the log that holds it
 * @param position where in the segment it begins
 * @param sizeInBytes its size, with its header
 * @param baseOffset its first offset
 * @param lastOffset its last offset
 * @param maxTimestamp its latest record time, or −1
 * @param isOpaque whether a test put it there, byte for byte: it may be no batch at all
 */
record StoredBatch(
    Segment segment,
    int position,
    int sizeInBytes,
    long baseOffset,
    long lastOffset,
    long maxTimestamp,
    boolean isOpaque) {
  ByteBuffer bytes() {
    return segment.view(position, sizeInBytes);
  }
}
