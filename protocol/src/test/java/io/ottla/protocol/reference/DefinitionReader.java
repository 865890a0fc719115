package io.ottla.protocol.reference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a definition on its own, without a line of the generator, so that a mistake made there is
 * not made here again.
 */
final class DefinitionReader {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();

  private final Map<String, Map<String, Object>> commonStructs = new HashMap<>();

  private DefinitionReader() {}

  static Definition read(InputStream json) throws IOException {
    return new DefinitionReader().definition(asObject(tree(json)));
  }

  private Definition definition(Map<String, Object> json) {
    for (Object struct : asList(json.get("commonStructs"))) {
      commonStructs.put(text(asObject(struct), "name", ""), asObject(struct));
    }
    List<String> listeners = asList(json.get("listeners")).stream().map(Object::toString).toList();
    String name = text(json, "name", "");
    return new Definition(
        name,
        text(json, "type", ""),
        Integer.parseInt(text(json, "apiKey", "-1")),
        listeners,
        Versions.parse(text(json, "validVersions", "none")),
        Versions.parse(text(json, "flexibleVersions", "none")),
        Boolean.parseBoolean(text(json, "latestVersionUnstable", "false")),
        struct(name, json));
  }

  private StructDefinition struct(String name, Map<String, Object> json) {
    List<FieldDefinition> fields = new ArrayList<>();
    for (Object field : asList(json.get("fields"))) {
      fields.add(field(asObject(field)));
    }
    return new StructDefinition(name, List.copyOf(fields));
  }

  private FieldDefinition field(Map<String, Object> json) {
    String type = text(json, "type", "");
    boolean isArray = type.startsWith("[]");
    String element = isArray ? type.substring(2) : type;
    Kind kind = Kind.of(element);
    @Nullable StructDefinition struct = null;
    if (kind == Kind.STRUCT) {
      Map<String, Object> body = commonStructs.get(element);
      struct = struct(element, body == null ? json : body);
    }
    return new FieldDefinition(
        text(json, "name", ""),
        kind,
        isArray,
        struct,
        Versions.parse(text(json, "versions", "none")),
        Versions.parse(text(json, "nullableVersions", "none")),
        Versions.parse(text(json, "taggedVersions", "none")));
  }

  private static String text(Map<String, Object> json, String key, String otherwise) {
    Object value = json.get(key);
    return value == null ? otherwise : value.toString();
  }

  @SuppressWarnings("unchecked") // tree() makes no other maps
  private static Map<String, Object> asObject(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new IllegalArgumentException("not a JSON object: " + value);
  }

  private static List<?> asList(@Nullable Object value) {
    return value == null ? List.of() : (List<?>) value;
  }

  private static Object tree(InputStream json) throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      return tree(parser);
    }
  }

  private static Object tree(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      Map<String, Object> object = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        parser.nextToken();
        object.put(key, tree(parser));
      }
      return object;
    }
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      List<Object> array = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        array.add(tree(parser));
      }
      return array;
    }
    return parser.getText();
  }
}
