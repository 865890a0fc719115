package io.ottla.cli.terminal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What standard error can show.
 *
 * @param isLive whether lines can be redrawn in place
 * @param isColoured whether colours are welcome
 * @param columns width of a line
 */
public record Look(boolean isLive, boolean isColoured, int columns) {
  private static final int USUAL_COLUMNS = 80;

  /** Lines one after another, without colours. */
  public static Look plain() {
    return new Look(false, false, USUAL_COLUMNS);
  }

  /**
   * Reads what the launcher found out ({@code ottla.terminal}, {@code ottla.columns}: only a shell
   * can ask cheaply) and what the user asked for (NO_COLOR, TERM=dumb).
   */
  static Look of(Map<String, String> environment, @Nullable String terminal, int columns) {
    boolean isLive = "true".equals(terminal) && !"dumb".equals(environment.get("TERM"));
    boolean isColoured = isLive && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Look(isLive, isColoured, columns > 0 ? columns : USUAL_COLUMNS);
  }
}
