package io.ottla.protocol.generator.rule;

import com.google.errorprone.annotations.FormatMethod;
import io.ottla.protocol.generator.model.JavaText;
import java.util.List;
import java.util.regex.Pattern;

/** Java text with indentation. Blocks are opened by what stands before the brace. */
final class SourceWriter {
  private static final int WIDTH = 100;

  /** All that generated code may name without its package. */
  private static final List<String> IMPORTS =
      List.of(
          "io.ottla.protocol.RawTaggedField",
          "io.ottla.protocol.UnknownTaggedFields",
          "io.ottla.protocol.UnsupportedFieldException",
          "io.ottla.protocol.UnsupportedMessageVersionException",
          "io.ottla.protocol.Varints",
          "io.ottla.protocol.WireReader",
          "io.ottla.protocol.WireSize",
          "io.ottla.protocol.WireWriter",
          "java.nio.ByteBuffer",
          "java.util.ArrayList",
          "java.util.Arrays",
          "java.util.List",
          "java.util.Objects",
          "java.util.UUID",
          "org.jspecify.annotations.Nullable");

  private static final Pattern SPACE = Pattern.compile(" ");

  private final StringBuilder text = new StringBuilder();
  private int depth;

  void line(String line) {
    text.append("  ".repeat(depth)).append(line).append('\n');
  }

  @FormatMethod
  void line(String format, Object... arguments) {
    line(String.format(format, arguments));
  }

  void blank() {
    text.append('\n');
  }

  /** Opens a block, such as {@code if (x)}. */
  @FormatMethod
  void open(String format, Object... arguments) {
    line(String.format(format, arguments) + " {");
    depth++;
  }

  /** Closes a block and opens the next one of the same statement. */
  void turn(String header) {
    depth--;
    line("} " + header + " {");
    depth++;
  }

  void close() {
    close("");
  }

  /** Closes a block whose statement goes on. */
  void close(String tail) {
    depth--;
    line("}" + tail);
  }

  /** A comment of plain text, broken into lines. */
  void javadoc(String plain) {
    String escaped = JavaText.javadoc(plain.strip().replaceAll("\\s+", " "));
    int room = WIDTH - 2 * depth;
    if (escaped.length() + "/**  */".length() <= room) {
      line("/** " + escaped + " */");
      return;
    }
    line("/**");
    StringBuilder line = new StringBuilder(" *");
    for (String word : SPACE.split(escaped, -1)) {
      if (line.length() + 1 + word.length() > room) {
        line(line.toString());
        line.setLength(2);
      }
      line.append(' ').append(word);
    }
    line(line.toString());
    line(" */");
  }

  /** The whole file. */
  String file(String packageName, String origin) {
    StringBuilder file = new StringBuilder();
    file.append("// Generated from ").append(origin).append("; changes here are lost.\n");
    file.append("package ").append(packageName).append(";\n");
    String code = Pattern.compile("/\\*\\*.*?\\*/", Pattern.DOTALL).matcher(text).replaceAll("");
    String before = "\n";
    for (String name : IMPORTS) {
      String simple = name.substring(name.lastIndexOf('.') + 1);
      if (Pattern.compile("\\b" + simple + "\\b").matcher(code).find()) {
        file.append(before).append("import ").append(name).append(";\n");
        before = "";
      }
    }
    return file.append('\n').append(text).toString();
  }
}
