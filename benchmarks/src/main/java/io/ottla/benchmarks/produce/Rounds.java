package io.ottla.benchmarks.produce;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Runs a section: each client once, in turn, and again, so that what drifts drifts for all. */
final class Rounds {
  private static final double MICROS_PER_SECOND = 1e6;

  private final ClientProcess processes;
  private final Path directory;
  private final Writer journal;
  private final Map<Client, Path> archives = new EnumMap<>(Client.class);

  /**
   * @param journal gets each run's line
   */
  Rounds(ClientProcess processes, Path directory, Writer journal) {
    this.processes = processes;
    this.directory = directory;
    this.journal = journal;
  }

  Series run(Section section, Target target, int rounds) throws IOException, InterruptedException {
    Series series = new Series();
    for (int round = 0; round < rounds; round++) {
      for (Client client : section.clients()) {
        if (processes.has(client) && !series.hasFailed(client)) {
          runOnce(section, target, client, series);
        }
      }
    }
    return series;
  }

  private void runOnce(Section section, Target target, Client client, Series series)
      throws IOException, InterruptedException {
    ProduceArguments arguments = target.prepare(section.arguments());
    try {
      if (arguments.is("cds") && !archives.containsKey(client)) {
        archives.put(client, archive(client, arguments));
      }
      double cpu = target.cpuSeconds();
      Figures run = runClient(client, arguments);
      double sent = run.number("records") + run.number("warm_up_records");
      run.put("broker_cpu_micros", (target.cpuSeconds() - cpu) * MICROS_PER_SECOND / sent);
      run.put("section", section.title());
      journal.write(run.toJson() + "\n");
      journal.flush();
      series.add(client, run);
    } catch (IOException e) {
      System.err.println(section.title() + ": " + e.getMessage());
      series.fail(client, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private Figures runClient(Client client, ProduceArguments arguments)
      throws IOException, InterruptedException {
    Path archive = archives.get(client);
    if (arguments.is("cds") && archive != null) {
      return processes.run(client, List.of("-XX:SharedArchiveFile=" + archive), arguments);
    }
    return arguments.text("mode").equals("first")
        ? processes.run(client, List.of(), arguments)
        : processes.run(client, arguments);
  }

  /** The classes of a run, as the next ones find them. */
  private Path archive(Client client, ProduceArguments arguments)
      throws IOException, InterruptedException {
    Path archive = directory.resolve(client.id() + ".jsa").toAbsolutePath();
    processes.run(client, List.of("-XX:ArchiveClassesAtExit=" + archive), arguments);
    return archive;
  }
}
