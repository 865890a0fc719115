package io.ottla.cli.lines;

/**
 * A piece of input. It goes to and fro between the thread that reads and the one that splits, and
 * belongs to the one that holds it.
 */
public final class Block {
  static final int BYTES = 1 << 18;

  private final byte[] bytes = new byte[BYTES];
  private int length;
  private boolean isLastOfFile;

  Block() {}

  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** Whether the next block, if there is one, comes from another file. */
  public boolean isLastOfFile() {
    return isLastOfFile;
  }

  void filled(int length, boolean isLastOfFile) {
    this.length = length;
    this.isLastOfFile = isLastOfFile;
  }
}
