package io.ottla.benchmarks.produce;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** The report: a page of Markdown and its charts, written anew behind each section. */
final class ReportPage {
  private static final List<Figure> COMPARED = List.of(Figure.RATE, Figure.CPU, Figure.ALLOCATED);

  private final Path directory;
  private final StringBuilder page = new StringBuilder();
  private int charts;

  ReportPage(Path directory, Options options, ProduceArguments base) throws IOException {
    this.directory = directory;
    add("# Producing: Ottla and others");
    add("");
    add("%s · %s", LocalDate.now(ZoneId.systemDefault()), Machine.describe());
    add("");
    add(
        "Values of %s bytes, no keys, acks=%s with idempotence, linger %s ms, batches of at most %s"
            + " bytes, %s bytes of memory, %s partitions, one connection, one sending thread,"
            + " unless a section says otherwise. Client and broker are processes of their own on"
            + " the same processors. Clients take turns, %d rounds; each run warms up for %s s,"
            + " then %s s are measured, until the last record is acknowledged. Options of the"
            + " clients' JVMs: `%s`.",
        base.text("value-bytes"),
        base.text("acks"),
        base.text("linger-ms"),
        base.text("batch-bytes"),
        base.text("memory-bytes"),
        base.text("partitions"),
        options.rounds(),
        Numbers.text(options.warmUp()),
        Numbers.text(options.seconds()),
        ClientProcess.jvmOptions());
    add("");
    add(
        "Figures are medians, with the least and the greatest in brackets. A ratio is taken within"
            + " each round; it is the median of those. CPU is of the client's whole process,"
            + " compiler and collector included; the broker's is given beside it.");
  }

  void add(Section section, Series series, String load) throws IOException {
    add("");
    add("## %s", section.title());
    add("");
    String chart = "produce-%02d-%s.svg".formatted(++charts, section.id());
    Files.writeString(
        directory.resolve(chart), BarChart.draw(section.title(), series, section.chart()));
    add("![%s](%s)", section.title(), chart);
    add("");
    table(section, series);
    ratios(section, series);
    series.failures().forEach((client, why) -> add("%n%s took no part: %s", client.title(), why));
    add("");
    add("Load average when it ended: %s.", load);
    Files.writeString(directory.resolve("report.md"), page);
  }

  private void table(Section section, Series series) {
    add(
        "| client | %s |",
        section.figures().stream().map(Figure::title).collect(Collectors.joining(" | ")));
    add("|---|%s", String.join("", Collections.nCopies(section.figures().size(), "--:|")));
    for (Client client : series.clients()) {
      add(
          "| %s %s | %s |",
          client.title(),
          series.version(client),
          section.figures().stream()
              .map(figure -> Numbers.spread(series.values(client, figure)))
              .collect(Collectors.joining(" | ")));
    }
  }

  private void ratios(Section section, Series series) {
    List<Figure> compared =
        section.figures().stream()
            .filter(figure -> COMPARED.contains(figure) || !section.figures().contains(Figure.RATE))
            .toList();
    for (Client other : series.clients()) {
      if (other != Client.OTTLA && series.clients().contains(Client.OTTLA)) {
        add("");
        add(
            "Ottla by %s: %s.",
            other.title(),
            compared.stream()
                .map(figure -> ratio(series, other, figure))
                .collect(Collectors.joining("; ")));
      }
    }
  }

  private static String ratio(Series series, Client other, Figure figure) {
    return figure.title() + " × " + Numbers.spread(series.ratios(Client.OTTLA, other, figure));
  }

  @FormatMethod
  private void add(@FormatString String format, Object... values) {
    page.append(values.length == 0 ? format : format.formatted(values)).append('\n');
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
