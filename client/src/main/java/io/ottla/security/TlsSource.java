package io.ottla.security;

import io.ottla.error.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where certificates or a key come from: a file, or a text given inline. Prints the file's name,
 * never the text.
 */
final class TlsSource {
  private static final long MAX_BYTES = 16 << 20;

  private final String option;
  private final @Nullable Path file;
  private final byte[] text; // only if there is no file

  private TlsSource(String option, @Nullable Path file, byte[] text) {
    this.option = option;
    this.file = file;
    this.text = text;
  }

  static TlsSource ofFile(String option, Path file) {
    return new TlsSource(option, file, new byte[0]);
  }

  static TlsSource ofText(String option, String text) {
    // Files of properties often hold the line ends as two characters.
    String lines = text.replace("\\n", "\n");
    return new TlsSource(option, null, lines.getBytes(StandardCharsets.UTF_8));
  }

  boolean isFile() {
    return file != null;
  }

  /** What is there now; reads the file each time. */
  byte[] bytes() {
    if (file == null) {
      return text;
    }
    try {
      if (Files.isDirectory(file)) {
        throw refused("it is a directory, not a file");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw refused("it is larger than 16 MiB, so it holds no certificates or keys");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException missing) {
      throw refused("there is no such file");
    } catch (AccessDeniedException denied) {
      throw refused("this process may not read it; check its owner and mode");
    } catch (IOException failed) {
      throw refused("it cannot be read: " + failed.getMessage());
    }
  }

  /** This option's error. */
  ConfigException refused(String why) {
    return new ConfigException(option, toString(), why);
  }

  @Override
  public String toString() {
    return file == null ? "(inline)" : file.toString();
  }
}
