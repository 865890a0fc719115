package io.ottla.cli.format;

/** What lines look like. Thread: one at a time. */
public interface LineFormat {
  /**
   * Reads a line.
   *
   * @param into a record that is cleared; it refers to the line's bytes
   * @return whether there is a record in the line
   * @throws BadLineException if the line is not what it should be
   */
  boolean read(byte[] line, int offset, int length, OutgoingRecord into) throws BadLineException;
}
