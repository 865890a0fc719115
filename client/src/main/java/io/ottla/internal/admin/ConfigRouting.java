package io.ottla.internal.admin;

import io.ottla.Route;
import io.ottla.admin.ConfigResource;
import io.ottla.admin.Outcome;
import io.ottla.admin.Outcomes;
import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Who has to be asked about which configuration: a broker knows its own and no other broker's, all
 * else any broker knows. Thread: any.
 */
final class ConfigRouting {
  private ConfigRouting() {}

  /** Asks one broker about some resources. */
  interface Asking<T> {
    CompletableFuture<Map<ConfigResource, Outcome<T>>> ask(
        List<ConfigResource> resources, Route route);
  }

  /** Asks about each resource whoever knows it; what one cannot answer is that one's alone. */
  static <T> CompletableFuture<Outcomes<ConfigResource, T>> ask(
      Collection<ConfigResource> resources, Asking<T> asking) {
    Map<Route, List<ConfigResource>> byRoute = new LinkedHashMap<>();
    Map<ConfigResource, Outcome<T>> outcomes = new LinkedHashMap<>();
    for (ConfigResource resource : resources) {
      outcomes.put(resource, Outcome.failed(Refusals.silence(resource + " not described")));
      try {
        byRoute.computeIfAbsent(route(resource), route -> new ArrayList<>()).add(resource);
      } catch (RefusedException noBroker) {
        outcomes.put(resource, Outcome.failed(noBroker));
      }
    }
    List<CompletableFuture<Map<ConfigResource, Outcome<T>>>> answers = new ArrayList<>();
    byRoute.forEach((route, some) -> answers.add(ask(some, route, asking, byRoute.size() == 1)));
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(
            all -> {
              answers.forEach(answer -> answer.join().forEach(outcomes::replace));
              return new Outcomes<>(outcomes);
            });
  }

  /** A route that leads nowhere fails its resources; if it is the only one, it fails the call. */
  private static <T> CompletableFuture<Map<ConfigResource, Outcome<T>>> ask(
      List<ConfigResource> resources, Route route, Asking<T> asking, boolean isOnlyOne) {
    CompletableFuture<Map<ConfigResource, Outcome<T>>> answer = asking.ask(resources, route);
    return isOnlyOne
        ? answer
        : answer.exceptionally(
            failure -> {
              OttlaException known = Session.failure(failure);
              Map<ConfigResource, Outcome<T>> failed = new LinkedHashMap<>();
              resources.forEach(resource -> failed.put(resource, Outcome.failed(known)));
              return failed;
            });
  }

  private static Route route(ConfigResource resource) {
    boolean isOfBroker =
        resource.type() == ConfigResource.Type.BROKER_LOGGER
            || (resource.type() == ConfigResource.Type.BROKER && !resource.name().isEmpty());
    if (!isOfBroker) {
      return Route.any();
    }
    try {
      return Route.broker(Integer.parseInt(resource.name()));
    } catch (NumberFormatException noNumber) {
      throw new RefusedException(
          "'" + resource.name() + "' is no broker: brokers are known by their ids, as in broker 1",
          SendOutcome.NOT_SENT,
          null);
    }
  }
}
