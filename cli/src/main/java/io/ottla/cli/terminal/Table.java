package io.ottla.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A small table of text: columns as wide as they need to be, numbers to the right. */
public final class Table {
  private static final String GAP = "  ";

  private final List<Object[]> rows = new ArrayList<>();

  /**
   * Adds a row; a {@link Number} is grouped by thousands and makes its column lean to the right.
   */
  public Table row(Object... cells) {
    rows.add(cells);
    return this;
  }

  /** The lines, without blanks at their ends. */
  public List<String> lines() {
    int columns = rows.stream().mapToInt(row -> row.length).max().orElse(0);
    int[] widths = new int[columns];
    boolean[] leansRight = new boolean[columns];
    for (Object[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], text(row[i]).length());
        leansRight[i] |= row[i] instanceof Number;
      }
    }
    return rows.stream().map(row -> line(row, widths, leansRight)).toList();
  }

  private static String line(Object[] row, int[] widths, boolean[] leansRight) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.length; i++) {
      String cell = text(row[i]);
      String blanks = " ".repeat(widths[i] - cell.length());
      line.append(i == 0 ? "" : GAP).append(leansRight[i] ? blanks + cell : cell + blanks);
    }
    return line.toString().stripTrailing();
  }

  private static String text(Object cell) {
    return cell instanceof Number number
        ? String.format(Locale.ROOT, "%,d", number.longValue())
        : cell.toString();
  }
}
