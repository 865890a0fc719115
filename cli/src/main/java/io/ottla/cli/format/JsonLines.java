package io.ottla.cli.format;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.ottla.cli.terminal.Nearest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Lines that are JSON objects, one per record, as {@code docs/cli.md} describes them: strict, so
 * that a slip of the pen is an error and not a tombstone. Blank lines are no records.
 */
public final class JsonLines implements LineFormat {
  private static final List<String> KEYS =
      List.of("type", "topic", "partition", "offset", "timestamp", "key", "value", "headers");
  private static final Pattern JACKSONS_HINT =
      Pattern.compile(
          ": was expecting \\(JSON[^)]*\\)|\\s*\\((?:for|start marker|code|expected)[^)]*\\)");
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private final JsonBytes bytes = new JsonBytes();

  @Override
  public boolean read(byte[] line, int offset, int length, OutgoingRecord into)
      throws BadLineException {
    try (JsonParser json = FACTORY.createParser(line, offset, length)) {
      JsonToken first = json.nextToken();
      if (first == null) {
        return false;
      }
      if (first != JsonToken.START_OBJECT) {
        throw new BadLineException("is not a JSON object");
      }
      object(json, into);
      if (json.nextToken() != null) {
        throw new BadLineException("has something behind its JSON object");
      }
      return true;
    } catch (JsonParseException | StreamConstraintsException e) {
      throw new BadLineException(
          "is not JSON: " + words(e) + " (column " + e.getLocation().getColumnNr() + ")");
    } catch (IOException never) {
      throw new UncheckedIOException(never); // It is all in memory.
    }
  }

  private void object(JsonParser json, OutgoingRecord into) throws IOException, BadLineException {
    boolean hasValue = false;
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      hasValue |= name.equals("value");
      field(name, json, into);
    }
    if (!hasValue) {
      throw new BadLineException("has no \"value\"; that of a tombstone is null");
    }
  }

  private void field(String name, JsonParser json, OutgoingRecord into)
      throws IOException, BadLineException {
    switch (name) {
      case "type" -> checkType(json);
      case "partition" -> partition(json, into);
      case "timestamp" -> timestamp(json, into);
      case "key" -> key(json, into);
      case "value" -> value(json, into);
      case "headers" -> into.headers(bytes.headers(json));
      case "topic", "offset" -> json.skipChildren(); // Where it came from; nothing follows from it.
      default ->
          throw new BadLineException(
              "has \"" + name + "\", which no record has" + Nearest.suggestion(name, KEYS));
    }
  }

  private static void checkType(JsonParser json) throws IOException, BadLineException {
    if (!"record".equals(json.getText())) {
      throw new BadLineException("has the type " + json.getText() + ", and is no record");
    }
  }

  private static void partition(JsonParser json, OutgoingRecord into)
      throws IOException, BadLineException {
    if (json.currentToken() != JsonToken.VALUE_NULL) {
      into.partition((int) number("partition", json, Integer.MAX_VALUE));
    }
  }

  private static void timestamp(JsonParser json, OutgoingRecord into)
      throws IOException, BadLineException {
    if (json.currentToken() != JsonToken.VALUE_NULL) {
      into.timestampMs(number("timestamp", json, Long.MAX_VALUE));
    }
  }

  private static long number(String name, JsonParser json, long largest)
      throws IOException, BadLineException {
    boolean isLong =
        json.currentToken() == JsonToken.VALUE_NUMBER_INT
            && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    if (!isLong || json.getLongValue() < 0 || json.getLongValue() > largest) {
      throw notA(name, largest);
    }
    return json.getLongValue();
  }

  private static BadLineException notA(String name, long largest) {
    return new BadLineException(
        largest == Integer.MAX_VALUE
            ? "has a \"" + name + "\" that is not a partition's number, nor null"
            : "has a \"" + name + "\" that is not milliseconds since 1970, nor null");
  }

  private void key(JsonParser json, OutgoingRecord into) throws IOException, BadLineException {
    byte[] key = bytes.read("key", json);
    if (key == null) {
      into.nullKey();
    } else {
      into.key(key, 0, key.length);
    }
  }

  private void value(JsonParser json, OutgoingRecord into) throws IOException, BadLineException {
    byte[] value = bytes.read("value", json);
    if (value != null) {
      into.value(value, 0, value.length);
    }
  }

  /** Jackson's words, without those that speak of Jackson. */
  private static String words(JacksonException e) {
    String message = String.valueOf(e.getOriginalMessage());
    return JACKSONS_HINT.matcher(message).replaceAll("").replaceAll("\\s*\\R\\s*", " ");
  }
}
