package io.ottla.benchmarks.produce;

import java.util.List;

/**
 * A part of the report: the same task for several clients, by turns.
 *
 * @param id to ask for it on the command line; of several with the same one, all are run
 * @param title what it measures
 * @param isReal against Kafka itself, not the null broker
 * @param arguments of each run
 * @param clients who takes part, if they are there
 * @param figures the columns of its table
 * @param chart the figure that is drawn
 */
record Section(
    String id,
    String title,
    boolean isReal,
    ProduceArguments arguments,
    List<Client> clients,
    List<Figure> figures,
    Figure chart) {
  int partitions() {
    return arguments.integer("partitions");
  }
}
