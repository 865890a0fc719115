package io.ottla.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ottla.error.AuthenticationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The token in a file. So cheap to have that it is never kept. */
final class FileTokens implements TokenProvider {
  private static final int MOST_BYTES = 1 << 20;

  private final Path file;
  private final Map<String, String> extensions;

  FileTokens(Path file, Map<String, String> extensions) {
    this.file = file;
    this.extensions = Map.copyOf(extensions);
  }

  @Override
  public Token token() {
    String text = read(file, "token file");
    if (text.isEmpty()) {
      throw new AuthenticationException("token file " + file + " is empty", null);
    }
    return Token.jwt(text).withExtensions(extensions);
  }

  /** A small file's text, without white space around it. */
  static String read(Path file, String what) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new AuthenticationException(
            what + " " + file + " is larger than " + MOST_BYTES + " bytes; is it the right one?",
            null);
      }
      return new String(bytes, UTF_8).strip();
    } catch (IOException failure) {
      throw new AuthenticationException(
          what + " " + file + " cannot be read: " + failure.getClass().getSimpleName(), failure);
    }
  }

  @Override
  public String toString() {
    return "TokenProvider[file " + file + "]";
  }
}
