package io.ottla.protocol.generator.definition;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.ottla.protocol.generator.definition.MessageDefinition.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one definition: JSON with {@code //} comments. Checks what a single property can get wrong;
 * what properties mean together is checked when the message is modelled.
 */
public final class DefinitionParser {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();

  /** Properties that matter to Kafka's own code only. */
  private static final Set<String> NOT_OURS = Set.of("zeroCopy", "deprecatedVersions");

  private final String file;
  private final JsonParser json;
  private String path = "";

  private DefinitionParser(String file, JsonParser json) {
    this.file = file;
    this.json = json;
  }

  /**
   * Reads a definition.
   *
   * @param file the name for errors
   * @throws DefinitionException if it is not a definition
   */
  public static MessageDefinition parse(String file, String text) {
    try (JsonParser json = JSON.createParser(text)) {
      return new DefinitionParser(file, json).message();
    } catch (IOException e) {
      throw new DefinitionException(file, "", "not JSON with comments: " + e.getMessage());
    }
  }

  private MessageDefinition message() throws IOException {
    String name = null;
    Kind kind = null;
    int apiKey = -1;
    List<String> listeners = List.of();
    Versions valid = null;
    Versions flexible = null;
    boolean unstable = false;
    List<FieldDefinition> fields = null;
    List<StructDefinition> structs = List.of();
    json.nextToken();
    expect(JsonToken.START_OBJECT, "an object");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String property = json.currentName();
      json.nextToken();
      switch (property) {
        case "type" -> kind = kind(text(property));
        case "name" -> name = name();
        case "apiKey" -> apiKey = integer(property);
        case "listeners" -> listeners = list(property, () -> text(property));
        case "validVersions" -> valid = versions(property);
        case "flexibleVersions" -> flexible = versions(property);
        case "latestVersionUnstable" -> unstable = bool(property);
        case "fields" -> fields = list(property, this::field);
        case "commonStructs" -> structs = list(property, this::struct);
        default -> ignore(property);
      }
    }
    Kind presentKind = required(kind, "type");
    if (required(valid, "validVersions").isEmpty()) {
      // All that is left of a message that Kafka has given up.
      flexible = Versions.NONE;
      fields = List.of();
    }
    if (apiKey < 0 && (presentKind == Kind.REQUEST || presentKind == Kind.RESPONSE)) {
      throw wrong("a request or response needs \"apiKey\"");
    }
    return new MessageDefinition(
        file,
        required(name, "name"),
        presentKind,
        apiKey,
        listeners,
        required(valid, "validVersions"),
        required(flexible, "flexibleVersions"),
        unstable,
        required(fields, "fields"),
        structs);
  }

  private StructDefinition struct() throws IOException {
    String name = null;
    Versions versions = null;
    List<FieldDefinition> fields = null;
    expect(JsonToken.START_OBJECT, "an object");
    String outer = path;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String property = json.currentName();
      json.nextToken();
      switch (property) {
        case "name" -> path = join(outer, name = name());
        case "versions" -> versions = versions(property);
        case "fields" -> fields = list(property, this::field);
        default -> ignore(property);
      }
    }
    StructDefinition struct =
        new StructDefinition(
            required(name, "name"), required(versions, "versions"), required(fields, "fields"));
    path = outer;
    return struct;
  }

  private FieldDefinition field() throws IOException {
    String name = null;
    FieldType type = null;
    Versions versions = null;
    Versions nullable = Versions.NONE;
    Versions tagged = Versions.NONE;
    Integer tag = null;
    Versions flexible = null;
    String defaultValue = null;
    boolean ignorable = false;
    boolean mapKey = false;
    String entityType = null;
    String about = "";
    List<FieldDefinition> fields = List.of();
    expect(JsonToken.START_OBJECT, "an object");
    String outer = path;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String property = json.currentName();
      json.nextToken();
      switch (property) {
        case "name" -> path = join(outer, name = name());
        case "type" -> type = checked(text(property), FieldType::parse);
        case "versions" -> versions = versions(property);
        case "nullableVersions" -> nullable = versions(property);
        case "taggedVersions" -> tagged = versions(property);
        case "tag" -> tag = integer(property);
        case "flexibleVersions" -> flexible = versions(property);
        case "default" -> defaultValue = scalar(property);
        case "ignorable" -> ignorable = bool(property);
        case "mapKey" -> mapKey = bool(property);
        case "entityType" -> entityType = text(property);
        case "about" -> about = text(property);
        case "fields" -> fields = list(property, this::field);
        default -> ignore(property);
      }
    }
    FieldDefinition field =
        new FieldDefinition(
            required(name, "name"),
            required(type, "type"),
            required(versions, "versions"),
            nullable,
            tagged,
            tag,
            flexible,
            defaultValue,
            ignorable,
            mapKey,
            entityType,
            about,
            fields);
    path = outer;
    return field;
  }

  private static String join(String outer, String name) {
    return outer.isEmpty() ? name : outer + "." + name;
  }

  private String name() throws IOException {
    String name = text("name");
    if (!name.matches("[A-Za-z][A-Za-z0-9]*")) {
      throw wrong("name '" + name + "' is not a letter followed by letters and digits");
    }
    return name;
  }

  private Kind kind(String text) {
    return switch (text) {
      case "request" -> Kind.REQUEST;
      case "response" -> Kind.RESPONSE;
      case "header" -> Kind.HEADER;
      case "data" -> Kind.DATA;
      case "metadata", "coordinator-key", "coordinator-value" -> Kind.OTHER;
      default -> throw wrong("type '" + text + "' of a message is not known");
    };
  }

  private Versions versions(String property) throws IOException {
    return checked(text(property), Versions::parse);
  }

  private <T> T checked(String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private String text(String property) throws IOException {
    expect(JsonToken.VALUE_STRING, "a string for \"" + property + "\"");
    return json.getText();
  }

  /** A number; a few definitions put it in quotes. */
  private int integer(String property) throws IOException {
    try {
      return Integer.parseInt(scalar(property));
    } catch (NumberFormatException e) {
      throw wrong("\"" + property + "\" is not an integer: " + json.getText());
    }
  }

  /** A truth value; a few definitions put it in quotes. */
  private boolean bool(String property) throws IOException {
    if (json.currentToken().isBoolean()) {
      return json.getBooleanValue();
    }
    return switch (text(property)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong("\"" + property + "\" is neither true nor false");
    };
  }

  private String scalar(String property) throws IOException {
    if (!json.currentToken().isScalarValue()) {
      throw wrong("\"" + property + "\" is not a single value");
    }
    return json.getText();
  }

  private <T> List<T> list(String property, Element<T> element) throws IOException {
    expect(JsonToken.START_ARRAY, "an array for \"" + property + "\"");
    List<T> list = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      list.add(element.read());
    }
    return list;
  }

  private void ignore(String property) throws IOException {
    if (!NOT_OURS.contains(property)) {
      throw wrong("property \"" + property + "\" is not known");
    }
    json.skipChildren();
  }

  private <T> T required(@Nullable T value, String property) {
    if (value == null) {
      throw wrong("\"" + property + "\" is missing");
    }
    return value;
  }

  private void expect(JsonToken token, String what) {
    if (json.currentToken() != token) {
      throw wrong("expected " + what + ", found " + json.currentToken());
    }
  }

  private DefinitionException wrong(String reason) {
    return new DefinitionException(file, path, reason);
  }

  private interface Element<T> {
    T read() throws IOException;
  }
}
