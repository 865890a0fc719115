package io.ottla.cli.terminal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** One flat JSON object on one line. */
public final class JsonLine {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** A call of the generator, which writes to memory and cannot fail. */
  private interface Writing {
    void run(JsonGenerator json) throws IOException;
  }

  private final StringWriter line = new StringWriter();
  private final JsonGenerator json;

  /**
   * Begins a line.
   *
   * @param type what it tells of; the first thing in each line
   */
  public JsonLine(String type) {
    try {
      json = FACTORY.createGenerator(line);
      json.writeStartObject();
    } catch (IOException never) {
      throw new UncheckedIOException(never);
    }
    text("type", type);
  }

  public JsonLine text(String name, @Nullable String value) {
    return write(to -> to.writeStringField(name, value));
  }

  public JsonLine number(String name, long value) {
    return write(to -> to.writeNumberField(name, value));
  }

  /** A number of any kind, written without an exponent; null if it is not known. */
  public JsonLine figure(String name, @Nullable Number value) {
    return write(
        to -> {
          to.writeFieldName(name);
          if (value == null) {
            to.writeNull();
          } else {
            String digits = new BigDecimal(value.toString()).stripTrailingZeros().toPlainString();
            to.writeNumber(digits);
          }
        });
  }

  public JsonLine numbers(String name, Collection<Integer> values) {
    return write(
        to -> {
          to.writeArrayFieldStart(name);
          for (int value : values) {
            to.writeNumber(value);
          }
          to.writeEndArray();
        });
  }

  public JsonLine bool(String name, boolean value) {
    return write(to -> to.writeBooleanField(name, value));
  }

  /** Ends the line, and gives it, without a newline. */
  public String end() {
    write(
        to -> {
          to.writeEndObject();
          to.close();
        });
    return line.toString();
  }

  private JsonLine write(Writing writing) {
    try {
      writing.run(json);
    } catch (IOException never) {
      throw new UncheckedIOException(never);
    }
    return this;
  }
}
