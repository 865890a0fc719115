package io.ottla.cli.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.ottla.protocol.record.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as they are written in JSON: a text for what is UTF-8, {@code {"base64": "..."}} for any,
 * null for none. Thread: one at a time.
 */
final class JsonBytes {
  private static final String BASE64 = "base64";

  // Refuses what has no bytes: half of a surrogate pair.
  private final CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();

  /**
   * The bytes at the parser's token, which is moved to their last.
   *
   * @param name whose they are, for messages
   */
  byte @Nullable [] read(String name, JsonParser json) throws IOException, BadLineException {
    return switch (json.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_STRING -> text(name, json.getText());
      case START_OBJECT -> marked(name, json);
      default -> throw neither(name);
    };
  }

  /** Headers: a list of objects with key and value, or one object with each key and its value. */
  List<Header> headers(JsonParser json) throws IOException, BadLineException {
    return switch (json.currentToken()) {
      case VALUE_NULL -> List.of();
      case START_ARRAY -> list(json);
      case START_OBJECT -> map(json);
      default ->
          throw new BadLineException("has \"headers\" that are not a list of {\"key\", \"value\"}");
    };
  }

  private List<Header> list(JsonParser json) throws IOException, BadLineException {
    List<Header> headers = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw new BadLineException("has a header that is not an object");
      }
      headers.add(header(json));
    }
    return headers;
  }

  private Header header(JsonParser json) throws IOException, BadLineException {
    String key = null;
    byte[] value = null;
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      JsonToken token = json.nextToken();
      if (name.equals("key") && token == JsonToken.VALUE_STRING) {
        key = json.getText();
      } else if (name.equals("value")) {
        value = read("header", json);
      } else {
        throw new BadLineException(
            "has a header with more than a \"key\", a text, and a \"value\"");
      }
    }
    if (key == null) {
      throw new BadLineException("has a header without a \"key\"");
    }
    return header(key, value);
  }

  private List<Header> map(JsonParser json) throws IOException, BadLineException {
    List<Header> headers = new ArrayList<>();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      headers.add(header(name, read("header", json)));
    }
    return headers;
  }

  private Header header(String key, byte @Nullable [] value) throws BadLineException {
    text("header", key);
    return new Header(key, value);
  }

  private byte[] text(String name, String text) throws BadLineException {
    try {
      ByteBuffer encoded = utf8.encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new BadLineException(
          "has a " + name + " with half of a surrogate pair, which UTF-8 cannot hold");
    }
  }

  private static byte[] marked(String name, JsonParser json) throws IOException, BadLineException {
    boolean isMarked =
        BASE64.equals(json.nextFieldName()) && json.nextToken() == JsonToken.VALUE_STRING;
    if (!isMarked) {
      throw neither(name);
    }
    String text = json.getText();
    if (json.nextToken() != JsonToken.END_OBJECT) {
      throw neither(name);
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new BadLineException("has a " + name + " whose base64 is none: " + e.getMessage());
    }
  }

  private static BadLineException neither(String name) {
    return new BadLineException(
        "has a " + name + " that is neither a text nor null nor {\"base64\": \"...\"}");
  }
}
