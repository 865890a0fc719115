package io.ottla.benchmarks.produce;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The runs of one section: by client, one per round. */
final class Series {
  private final Map<Client, List<Figures>> runs = new EnumMap<>(Client.class);
  private final Map<Client, String> failures = new EnumMap<>(Client.class);

  void add(Client client, Figures run) {
    runs.computeIfAbsent(client, any -> new ArrayList<>()).add(run);
  }

  /** It cannot do this; it takes no part any more. */
  void fail(Client client, String why) {
    failures.put(client, why);
    runs.remove(client);
  }

  boolean hasFailed(Client client) {
    return failures.containsKey(client);
  }

  Map<Client, String> failures() {
    return failures;
  }

  Set<Client> clients() {
    return runs.keySet();
  }

  /** Sorted. */
  double[] values(Client client, Figure figure) {
    return runs.getOrDefault(client, List.of()).stream().mapToDouble(figure::of).sorted().toArray();
  }

  String version(Client client) {
    return runs.getOrDefault(client, List.of()).stream()
        .findFirst()
        .map(run -> run.word("version"))
        .orElse("");
  }

  double median(Client client, Figure figure) {
    return median(values(client, figure));
  }

  /** Of each round, one client's figure by another's; sorted. */
  double[] ratios(Client client, Client other, Figure figure) {
    List<Figures> ours = runs.getOrDefault(client, List.of());
    List<Figures> theirs = runs.getOrDefault(other, List.of());
    double[] ratios = new double[Math.min(ours.size(), theirs.size())];
    Arrays.setAll(ratios, i -> figure.of(ours.get(i)) / figure.of(theirs.get(i)));
    Arrays.sort(ratios);
    return ratios;
  }

  static double median(double[] sorted) {
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
