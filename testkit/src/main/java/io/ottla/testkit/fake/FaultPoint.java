package io.ottla.testkit.fake;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.RequestMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A point at which faults are staged: requests of an API, and perhaps only those to one broker,
 * from one client, or that say something particular.
 *
 * <pre>{@code
 * cluster.on(ApiKey.PRODUCE).broker(2).once(Fault.halfReply(17));
 * cluster.on(ApiKey.FETCH).client("billing").after(3).always(Fault.delay(ofMillis(20)));
 * }</pre>
 *
 * <p>If several points match a request, the one that was staged first and is not used up yet has
 * it. Immutable: each method gives a narrower point. Thread-safe.
 */
public final class FaultPoint {
  private final Function<Interception, Interception> stager;
  private final Predicate<SeenRequest> where;
  private final int skip;
  private final String text;

  private FaultPoint(
      Function<Interception, Interception> stager,
      Predicate<SeenRequest> where,
      int skip,
      String text) {
    this.stager = stager;
    this.where = where;
    this.skip = skip;
    this.text = text;
  }

  static FaultPoint of(@Nullable ApiKey api, Function<Interception, Interception> stager) {
    return new FaultPoint(
        stager,
        request -> api == null || request.api() == api,
        0,
        api == null ? "any request" : api.toString());
  }

  /**
   * Only requests to one broker.
   *
   * @param id the broker's
   * @return the narrower point
   */
  public FaultPoint broker(int id) {
    return narrowed(request -> request.brokerId() == id, "to broker " + id);
  }

  /**
   * Only requests of one client.
   *
   * @param id the client id in their headers
   * @return the narrower point
   */
  public FaultPoint client(String id) {
    return narrowed(request -> request.clientId().equals(id), "of client " + id);
  }

  /**
   * Only requests that a test picks.
   *
   * @param condition runs on the cluster's thread and must not block
   * @return the narrower point
   */
  public FaultPoint where(Predicate<SeenRequest> condition) {
    return narrowed(condition, "where a condition holds");
  }

  /**
   * Only requests that say something particular.
   *
   * @param type the class of the API's requests
   * @param condition runs on the cluster's thread and must not block
   * @param <Q> the request
   * @return the narrower point
   */
  public <Q extends RequestMessage<?>> FaultPoint where(Class<Q> type, Predicate<Q> condition) {
    return narrowed(
        request -> type.isInstance(request.body()) && condition.test(request.body(type)),
        "where a condition holds");
  }

  /**
   * Not the first requests that come to this point from now on.
   *
   * @param count how many pass unharmed
   * @return the later point
   */
  public FaultPoint after(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("after " + count + " requests");
    }
    return new FaultPoint(stager, where, skip + count, text + ", after " + count);
  }

  /**
   * Only the n-th request that comes to this point from now on.
   *
   * @param number 1 for the next one
   * @param fault what goes wrong
   * @return what was staged
   */
  public Interception nth(int number, Fault fault) {
    return after(number - 1).once(fault);
  }

  /**
   * The next request.
   *
   * @param fault what goes wrong
   * @return what was staged
   */
  public Interception once(Fault fault) {
    return times(1, fault);
  }

  /**
   * The next requests.
   *
   * @param count how many
   * @param fault what goes wrong with each
   * @return what was staged
   */
  public Interception times(int count, Fault fault) {
    return stage(count, List.of(fault));
  }

  /**
   * All requests, until what was staged is removed.
   *
   * @param fault what goes wrong with each
   * @return what was staged
   */
  public Interception always(Fault fault) {
    return stage(Interception.FOR_EVER, List.of(fault));
  }

  /**
   * The next requests, each with a fault of its own.
   *
   * @param faults for the first, the second, and so on
   * @return what was staged
   */
  public Interception sequence(Fault... faults) {
    return stage(faults.length, List.of(faults));
  }

  private Interception stage(int count, List<Fault> faults) {
    if (count < 1) {
      throw new IllegalArgumentException("a fault for " + count + " requests");
    }
    return stager.apply(new Interception(text, where, skip, count, new ArrayList<>(faults)));
  }

  private FaultPoint narrowed(Predicate<SeenRequest> condition, String how) {
    return new FaultPoint(stager, where.and(condition), skip, text + " " + how);
  }

  @Override
  public String toString() {
    return text;
  }
}
