package io.ottla.cli.terminal;

/** How a command ended, as the shell sees it. */
public enum ExitCode {
  OK(0, "all that was asked for was done"),
  FAILED(1, "records were not delivered, or a verification failed"),
  USAGE(2, "the command line was not understood"),
  UNREACHABLE(3, "no broker could be reached, or none answered in time"),
  REFUSED(
      4,
      "the broker refused: unknown topic or partition, not authorized, no such offset and the"
          + " like"),
  FILE(5, "a file or standard stream could not be read or written"),
  NOT_ADMITTED(6, "the log-in was not accepted, or TLS could not be agreed on"),
  DEFECT(70, "a defect in ottla itself; -v prints where"),
  INTERRUPTED(130, "stopped by Ctrl-C (143 when by SIGTERM)"),
  OUTPUT_CLOSED(141, "the reader of standard output went away, as with head");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  public int number() {
    return number;
  }

  /** Half a sentence for the help text. */
  public String meaning() {
    return meaning;
  }
}
