package io.ottla.cli.produce;

import io.ottla.cli.cluster.ProducerSetup;
import io.ottla.cli.format.LineFormat;
import io.ottla.protocol.record.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ottla produce} was told.
 *
 * @param producer the producer to write with
 * @param format what the lines look like
 * @param additions what the command line adds to each record
 * @param ratePerSecond how many records to send in a second; 0 for as many as can be
 * @param keepsGoing whether reading goes on when a record has failed
 * @param isQuiet whether progress is not shown
 * @param files {@code -} is standard input, and so is an empty list
 */
public record ProduceOrder(
    ProducerSetup producer,
    String topic,
    LineFormat format,
    Additions additions,
    double ratePerSecond,
    boolean keepsGoing,
    boolean isQuiet,
    List<String> files) {
  /**
   * What is the same for all records.
   *
   * @param partition goes before what lines say, also {@code ProducerRecord.ANY_PARTITION}; null if
   *     lines decide
   * @param key for records whose line says nothing of a key; null for none
   * @param headers behind those of the line
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Additions(
      @Nullable Integer partition, byte @Nullable [] key, List<Header> headers) {
    /** Copies the list. */
    public Additions(@Nullable Integer partition, byte @Nullable [] key, List<Header> headers) {
      this.partition = partition;
      this.key = key;
      this.headers = List.copyOf(headers);
    }
  }

  /** Copies the list. */
  public ProduceOrder {
    files = List.copyOf(files);
  }

  /** Whether standard input is among the files. */
  boolean readsStandardInput() {
    return files.isEmpty() || files.contains("-");
  }
}
