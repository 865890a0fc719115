package io.ottla.cli.demo;

import io.ottla.cli.terminal.Table;
import java.util.List;
import java.util.Locale;

/** How what came back compares with what was written. */
record Verdict(
    Meter written,
    Meter read,
    long lost,
    long doubled,
    long outOfOrder,
    long strangers,
    int differingKeys,
    long writtenChecksum,
    long readChecksum) {

  static Verdict of(Meter written, StampedWriter writer, Meter read, CheckingSink sink) {
    return new Verdict(
        written,
        read,
        sink.arrivals().lost(writer.written()),
        sink.arrivals().doubled(),
        sink.arrivals().outOfOrder(),
        sink.arrivals().strangers(),
        writer.checksums().differences(sink.checksums()),
        writer.checksums().total(),
        sink.checksums().total());
  }

  boolean isPerfect() {
    return lost == 0 && doubled == 0 && outOfOrder == 0 && strangers == 0 && differingKeys == 0;
  }

  List<String> table() {
    return new Table()
        .row("", "written", "read")
        .row("records", written.records(), read.records())
        .row("bytes", written.bytes(), read.bytes())
        .row("seconds", seconds(written), seconds(read))
        .row("records/s", rate(written, written.records()), rate(read, read.records()))
        .row("bytes/s", rate(written, written.bytes()), rate(read, read.bytes()))
        .row("lost", "", lost)
        .row("doubled", "", doubled)
        .row("out of order", "", outOfOrder)
        .row("checksum", hex(writtenChecksum), hex(readChecksum))
        .lines();
  }

  /** What is wrong, in half a sentence. */
  String complaint() {
    return String.format(
        Locale.ROOT,
        "%,d records lost, %,d doubled, %,d out of order, %,d that nobody wrote, checksums of %,d"
            + " keys differ",
        lost,
        doubled,
        outOfOrder,
        strangers,
        differingKeys);
  }

  private static String seconds(Meter meter) {
    return String.format(Locale.ROOT, "%.2f", meter.seconds());
  }

  private static long rate(Meter meter, long amount) {
    return Math.round(amount / meter.seconds());
  }

  private static String hex(long checksum) {
    return String.format(Locale.ROOT, "%016x", checksum);
  }
}
