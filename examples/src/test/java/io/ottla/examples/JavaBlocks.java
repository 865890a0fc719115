package io.ottla.examples;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles the Java of the documents as a user would who pasted it: statements into a main method,
 * a test into the class that the guide to tests describes, a class as it is, behind imports of all
 * of Ottla's public packages. A block may use the classes of the blocks before it in its document.
 */
final class JavaBlocks {
  private static final Pattern CLASS_NAME =
      Pattern.compile("^(?:public |final )*(?:class|record|interface) (\\w+)", Pattern.MULTILINE);
  private static final Pattern IMPORT = Pattern.compile("^import [^;]+;\n", Pattern.MULTILINE);

  private static final String IMPORTS =
      """
      import io.ottla.*;
      import io.ottla.admin.*;
      import io.ottla.consumer.*;
      import io.ottla.error.*;
      import io.ottla.producer.*;
      import io.ottla.protocol.message.*;
      import io.ottla.protocol.record.*;
      import io.ottla.security.*;
      import io.ottla.serde.*;
      import io.ottla.stats.*;
      import io.ottla.testkit.*;
      import io.ottla.testkit.fake.*;
      import io.ottla.testkit.proxy.*;
      import io.ottla.testkit.tls.*;
      import java.nio.charset.StandardCharsets;
      import java.nio.file.Path;
      import java.time.Duration;
      import java.util.*;
      import java.util.concurrent.*;
      import org.junit.jupiter.api.*;
      import static java.nio.charset.StandardCharsets.UTF_8;
      import static org.assertj.core.api.Assertions.*;
      """;

  /** As docs/testing.md says. */
  private static final String TEST_CLASS = "@FakeKafka(brokers = 3, topics = \"orders:1\") class ";

  private JavaBlocks() {}

  /** The compiled class: the one the block declares, or one whose {@code main} is the block. */
  static Class<?> compile(CodeBlock block, Path target) throws IOException, ClassNotFoundException {
    String imports =
        String.join("", IMPORT.matcher(block.code()).results().map(MatchResult::group).toList());
    String body = IMPORT.matcher(block.code()).replaceAll("");
    Matcher declared = CLASS_NAME.matcher(body);
    String name = declared.find() ? declared.group(1) : nameOf(block);
    String code = declared.reset().find() ? body : within(name, body);
    Path classes = Files.createDirectories(target.resolve(block.document().toString()));
    compile(name, IMPORTS + imports + code, classes, block);
    // Not closed: the class is used until the test run ends.
    @SuppressWarnings("resource")
    URLClassLoader loader =
        new URLClassLoader(new URL[] {classes.toUri().toURL()}, JavaBlocks.class.getClassLoader());
    return loader.loadClass(name);
  }

  private static String within(String name, String body) {
    return body.strip().startsWith("@Test")
        ? TEST_CLASS + name + " {\n" + body + "}\n"
        : "public class "
            + name
            + " { public static void main(String[] args) throws Exception {\n"
            + body
            + "\n} }\n";
  }

  private static void compile(String name, String source, Path target, CodeBlock block) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    boolean compiles =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of(
                    "-d",
                    target.toString(),
                    "-cp",
                    System.getProperty("java.class.path") + File.pathSeparator + target,
                    "-proc:none",
                    "--release",
                    "17"),
                null,
                List.of(file))
            .call();
    if (!compiles) {
      throw new AssertionError(block + " does not compile:\n" + messages + "\n" + source);
    }
  }

  private static String nameOf(CodeBlock block) {
    String document = block.document().toString().replaceAll("\\W", "_");
    return ("Block_" + document + "_" + block.line()).toLowerCase(Locale.ROOT);
  }
}
