package io.ottla.protocol.message;

import io.ottla.protocol.MalformedMessageException;
import io.ottla.protocol.RawTaggedField;
import io.ottla.protocol.UnsupportedFieldException;
import io.ottla.protocol.UnsupportedMessageVersionException;
import io.ottla.protocol.WireReader;
import io.ottla.protocol.WireWriter;
import java.util.List;

/**
 * Something that Kafka's protocol defines field by field: a request, a response, a header, or a
 * struct inside one of them.
 *
 * <p>Mutable, and of one thread at a time. Two messages are equal if all their fields are.
 */
public interface Message {
  /** The lowest version in which it exists. */
  int lowestVersion();

  /** The highest version in which it exists and is stable. */
  int highestVersion();

  /**
   * The bytes that {@link #write} will write in this version.
   *
   * @throws UnsupportedFieldException if a field is set that the version cannot carry
   * @throws UnsupportedMessageVersionException if there is no such version
   */
  int size(int version);

  /**
   * Writes all fields that the version has.
   *
   * @throws UnsupportedFieldException if a field is set that the version cannot carry
   * @throws UnsupportedMessageVersionException if there is no such version
   */
  void write(WireWriter out, int version);

  /**
   * Replaces all fields by what is read; those that the version lacks get their defaults. If it
   * fails, the message's content is undefined.
   *
   * @throws MalformedMessageException if the bytes are not such a message
   * @throws UnsupportedMessageVersionException if there is no such version
   */
  void read(WireReader in, int version);

  /** Tagged fields that were read and are not known; they are written back. Mutable. */
  List<RawTaggedField> unknownTaggedFields();
}
