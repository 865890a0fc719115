package io.ottla.config;

import io.ottla.error.ConfigException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * A file of properties, with the lines that they stand in.
 *
 * <p>Always: the same keys and values as {@link Properties} would read, for whom each is handed
 * over by itself. Files that are not UTF-8 are Latin-1, as they once had to be.
 */
final class PropertiesFile {
  /** A property; {@code from} says file and line. */
  record Entry(String key, String value, String from) {}

  private PropertiesFile() {}

  static List<Entry> read(Path file) {
    List<Entry> entries = new ArrayList<>();
    List<String> lines = text(file).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String from = file + ":" + (i + 1);
      StringBuilder logical = new StringBuilder(lines.get(i));
      boolean isComment = isComment(lines.get(i));
      while (!isComment && isContinued(lines.get(i)) && i + 1 < lines.size()) {
        i++;
        logical.append('\n').append(lines.get(i));
      }
      properties(logical.append('\n').toString(), from)
          .forEach((key, value) -> entries.add(new Entry((String) key, (String) value, from)));
    }
    return entries;
  }

  private static boolean isComment(String line) {
    String text = line.stripLeading();
    return text.startsWith("#") || text.startsWith("!");
  }

  private static boolean isContinued(String line) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == '\\') {
      end--;
    }
    return (line.length() - end) % 2 == 1;
  }

  private static Properties properties(String logicalLine, String from) {
    Properties one = new Properties();
    try {
      one.load(new StringReader(logicalLine));
    } catch (IOException | IllegalArgumentException malformed) {
      throw new ConfigException("line", Option.HIDDEN, "\\u is followed by four hex digits", from);
    }
    return one;
  }

  private static String text(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      try {
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
      } catch (CharacterCodingException older) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
      }
    } catch (IOException unreadable) {
      throw new ConfigException(
          "file", file.toString(), "a file of properties that can be read (" + unreadable + ")");
    }
  }
}
