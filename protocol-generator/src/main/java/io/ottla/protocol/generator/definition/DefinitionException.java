package io.ottla.protocol.generator.definition;

/**
 * A definition does not say what a definition must say; names the file, the field and the reason.
 */
public final class DefinitionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param file the JSON file, or what else was read
   * @param path the field's path in the file; empty if the whole file is meant
   * @param reason what is wrong, and what would be right
   */
  public DefinitionException(String file, String path, String reason) {
    super(file + ": " + (path.isEmpty() ? "" : path + ": ") + reason);
  }
}
