package io.ottla.cli.lines;

import io.ottla.cli.terminal.CommandFailedException;
import io.ottla.cli.terminal.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something to read lines from: a file, or standard input.
 *
 * @param path null for standard input
 */
record InputFile(@Nullable Path path, InputStream standardInput) {
  private static final String STANDARD_INPUT = "-";

  /** Checks that all can be opened, before anything is done with the first. */
  static List<InputFile> named(List<String> names, InputStream standardInput) {
    if (names.isEmpty()) {
      return List.of(new InputFile(null, standardInput));
    }
    List<InputFile> files =
        names.stream()
            .map(
                name ->
                    new InputFile(
                        name.equals(STANDARD_INPUT) ? null : Path.of(name), standardInput))
            .toList();
    files.forEach(InputFile::check);
    return files;
  }

  InputStream open() throws IOException {
    return path == null ? standardInput : Files.newInputStream(path);
  }

  CommandFailedException unreadable(IOException e) {
    return new CommandFailedException(
        ExitCode.FILE,
        "cannot read " + (path == null ? "standard input" : path) + ": " + reason(e),
        e);
  }

  private void check() {
    if (path == null) {
      return;
    }
    try {
      if (Files.isDirectory(path)) {
        throw new IOException("it is a directory");
      }
      path.getFileSystem().provider().checkAccess(path, AccessMode.READ);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return String.valueOf(e.getMessage());
  }
}
