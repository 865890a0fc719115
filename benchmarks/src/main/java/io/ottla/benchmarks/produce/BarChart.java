package io.ottla.benchmarks.produce;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.Arrays;
import java.util.Locale;

/**
 * A section's chart, as SVG: a bar per client, as long as its median, with a dot for each run. On a
 * white ground, so that it can be read wherever the report is shown.
 */
final class BarChart {
  private static final int WIDTH = 720;
  private static final int LEFT = 120;
  private static final int RIGHT = 90;
  private static final int TOP = 34;
  private static final int ROW = 34;
  private static final int BAR = 20;

  private final StringBuilder svg = new StringBuilder();
  private final Series series;
  private final Figure figure;
  private final double longest;

  private BarChart(Series series, Figure figure) {
    this.series = series;
    this.figure = figure;
    this.longest =
        series.clients().stream()
            .flatMapToDouble(client -> Arrays.stream(series.values(client, figure)))
            .max()
            .orElse(1);
  }

  static String draw(String title, Series series, Figure figure) {
    return new BarChart(series, figure).draw(title);
  }

  private String draw(String title) {
    int height = TOP + ROW * series.clients().size() + 10;
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
            + " font-size=\"13\">",
        WIDTH, height);
    add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, height);
    String better = figure.isMoreBetter() ? "more is better" : "less is better";
    add(
        "<text x=\"8\" y=\"20\" fill=\"#222222\" font-weight=\"bold\">%s: %s (%s)</text>",
        title, figure.title(), better);
    int y = TOP;
    for (Client client : series.clients()) {
      bar(client, y);
      y += ROW;
    }
    return svg.append("</svg>\n").toString();
  }

  private void bar(Client client, int y) {
    double median = series.median(client, figure);
    int middle = y + BAR / 2;
    add(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#222222\">%s</text>",
        LEFT - 8, middle + 5, client.title());
    add(
        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
        LEFT, y, x(median) - LEFT, BAR, client.colour());
    for (double value : series.values(client, figure)) {
      add(
          "<circle cx=\"%.1f\" cy=\"%d\" r=\"3\" fill=\"#ffffff\" stroke=\"#222222\"/>",
          x(value), middle);
    }
    add(
        "<text x=\"%d\" y=\"%d\" fill=\"#222222\">%s</text>",
        WIDTH - RIGHT + 10, middle + 5, Numbers.text(median));
  }

  private double x(double value) {
    return LEFT + (WIDTH - LEFT - RIGHT) * (longest > 0 ? value / longest : 0);
  }

  @FormatMethod
  private void add(@FormatString String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
