package io.ottla.benchmarks.produce;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Compares producers: runs all clients that are there in turn, and writes {@code report.md} with
 * its charts, and each run's figures, {@code runs.jsonl}, into {@code benchmarks/target/produce}.
 */
public final class ProduceReport {
  private static final Path DIRECTORY = Path.of("benchmarks/target/produce");

  private ProduceReport() {}

  /**
   * @param options see {@code Options}
   */
  public static void main(String[] options) throws IOException, InterruptedException {
    Options read = Options.parse(options);
    Files.createDirectories(DIRECTORY);
    ProduceArguments base = ProduceArguments.defaults();
    base = base.with("values", ValuesFile.write(DIRECTORY, base.integer("value-bytes")));
    List<Section> sections = Sections.of(read, base);
    ClientProcess processes = new ClientProcess(DIRECTORY, LibrdkafkaProgram.compile(DIRECTORY));
    ReportPage page = new ReportPage(DIRECTORY, read, base);
    try (Writer journal = Files.newBufferedWriter(DIRECTORY.resolve("runs.jsonl"));
        Targets targets = new Targets(DIRECTORY, sections)) {
      Rounds rounds = new Rounds(processes, DIRECTORY, journal);
      for (Section section : sections) {
        System.err.println(section.title());
        Series series = rounds.run(section, targets.of(section), read.rounds());
        page.add(section, series, Machine.load());
      }
    }
    System.out.println(page);
    System.err.println("written: " + DIRECTORY.resolve("report.md"));
  }
}
