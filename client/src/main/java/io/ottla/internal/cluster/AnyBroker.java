package io.ottla.internal.cluster;

import io.ottla.error.AuthenticationException;
import io.ottla.error.BrokerUnreachableException;
import io.ottla.error.ClosedException;
import io.ottla.error.ConnectPhase;
import io.ottla.error.OttlaException;
import io.ottla.internal.cluster.metadata.BrokerNode;
import io.ottla.internal.cluster.metadata.ClusterView;
import io.ottla.internal.cluster.metadata.CoordinatorSource;
import io.ottla.internal.cluster.metadata.MetadataSource;
import io.ottla.internal.cluster.route.Attempts;
import io.ottla.internal.cluster.route.Use;
import io.ottla.internal.net.Endpoint;
import io.ottla.internal.net.LinkTrouble;
import io.ottla.internal.net.Reply;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.FindCoordinatorRequest;
import io.ottla.protocol.message.FindCoordinatorResponse;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whoever of the cluster can be asked now: of the brokers that are known the one that works and has
 * least to do, each in turn; if none of them works, the bootstrap servers as well.
 *
 * <p>Owns: what came of the last attempts at each. Thread: the cluster's loop. Always: a broker
 * that failed is tried again only after those that did not; that all are down is logged once, until
 * one answers.
 */
@LoopConfined
final class AnyBroker implements MetadataSource, CoordinatorSource {
  private static final Logger log = LoggerFactory.getLogger(AnyBroker.class);
  private static final int FIRST_WITH_SEVERAL_KEYS = 4;
  private static final int FIRST_WITH_NULL_FOR_ALL = 1;
  private static final int FIRST_WITH_AUTO_CREATION = 4;
  private static final long ID_PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

  /** What is known of one that can be asked. */
  private static final class Health {
    int failures; // in a row
    long turn; // when it was last asked, by the count of questions
    @Nullable OttlaException lastFailure; // only while failures > 0
  }

  private record Candidate(PooledLink link, Health health) {}

  private final List<Endpoint> bootstrap;
  private final String clientId;
  private final BrokerPool pool;
  private final Supplier<ClusterView> view;
  private final Clock clock;
  private final Map<Object, Health> healths = new HashMap<>(); // by broker id or bootstrap endpoint
  private final Attempts attempts = new Attempts();
  private final ClusterIds clusterIds;
  private long turn;
  private boolean isDownTold;
  private boolean areIdsAsked;

  AnyBroker(
      List<Endpoint> bootstrap,
      String clientId,
      BrokerPool pool,
      Supplier<ClusterView> view,
      Clock clock) {
    this.bootstrap = bootstrap;
    this.clientId = clientId;
    this.pool = pool;
    this.view = view;
    this.clock = clock;
    clusterIds = new ClusterIds(clientId);
  }

  /** Whom to ask now; null after the end. */
  @Nullable PooledLink pick() {
    Candidate best = candidates().stream().min(BEST_FIRST).orElse(null);
    if (best == null) {
      return null;
    }
    best.health().turn = ++turn;
    return best.link();
  }

  private List<Candidate> candidates() {
    List<Candidate> known = new ArrayList<>();
    boolean isAnyWell = false;
    for (BrokerNode broker : view.get().brokers()) {
      PooledLink link = pool.link(broker, Use.OTHER);
      if (link != null) {
        Health health = health(broker.id());
        known.add(new Candidate(link, health));
        isAnyWell |= health.failures == 0;
      }
    }
    if (!isAnyWell) {
      for (Endpoint server : bootstrap) {
        PooledLink link = pool.bootstrap(server);
        if (link != null) {
          known.add(new Candidate(link, health(server)));
        }
      }
    }
    return known;
  }

  /** Fewer failures, then less to do, then an open connection, then longer not asked. */
  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.<Candidate>comparingInt(one -> one.health().failures)
          .thenComparingInt(one -> one.link().outstanding())
          .thenComparing(one -> !one.link().isOpen())
          .thenComparingLong(one -> one.health().turn);

  /** It answered. */
  void onAnswer(PooledLink link) {
    Health health = health(key(link));
    health.failures = 0;
    health.lastFailure = null;
    if (isDownTold) {
      isDownTold = false;
      log.info("[{}|{}] answers again", clientId, link);
    }
  }

  /** It could not be asked, or did not answer. */
  void onFailure(PooledLink link, OttlaException failure) {
    if (failure instanceof ClosedException) {
      return; // we did that
    }
    Health health = health(key(link));
    health.failures++;
    health.lastFailure = failure;
    LinkTrouble trouble = link.trouble();
    attempts.failed(
        link.endpoint().toString(),
        failure,
        trouble == null ? null : trouble.brief(),
        clock.nanoTime());
    if (!isDownTold && candidates().stream().allMatch(one -> one.health().failures > 0)) {
      isDownTold = true;
      log.info(
          "[{}] no broker answers: {}",
          clientId,
          Attempts.text(attempts.since(0, clock.nanoTime())));
    }
  }

  /** Why it is of no use to ask anybody: all refuse who we are. Null as long as one might not. */
  @Nullable AuthenticationException refusedByAll() {
    AuthenticationException last = null;
    for (Candidate candidate : candidates()) {
      if (!(candidate.health().lastFailure instanceof AuthenticationException refusal)) {
        return null;
      }
      last = refusal;
    }
    return last;
  }

  /** Forgets brokers that left; at first sight, asks the other bootstrap servers whose they are. */
  void onView(ClusterView now) {
    if (now.hasBrokers() && now.clusterId() != null && !areIdsAsked) {
      areIdsAsked = true;
      bootstrap.stream().filter(server -> !isListed(server, now)).forEach(this::askForId);
    }
    healths.keySet().removeIf(key -> key instanceof Integer id && now.broker(id) == null);
  }

  private static boolean isListed(Endpoint server, ClusterView view) {
    return view.brokers().stream()
        .anyMatch(broker -> server.equals(new Endpoint(broker.host(), broker.port())));
  }

  /** Two clusters in one list would be found out only when the brokers of one are down. */
  private void askForId(Endpoint server) {
    PooledLink link = pool.bootstrap(server);
    if (link == null) {
      return;
    }
    link.send(
        new MetadataRequest().topics(new ArrayList<>()),
        ID_PATIENCE_NANOS,
        MetadataRequest.HIGHEST_VERSION,
        new Reply<>() {
          @Override
          public void onResponse(MetadataResponse response) {
            clusterIds.seen(server, response.clusterId());
            pool.dropBootstrap(server, "it said which cluster it is of");
          }

          @Override
          public void onFailure(OttlaException failure) {
            pool.dropBootstrap(server, "it did not say which cluster it is of");
          }
        });
  }

  Attempts attempts() {
    return attempts;
  }

  private Health health(Object key) {
    return healths.computeIfAbsent(key, any -> new Health());
  }

  private static Object key(PooledLink link) {
    return link.brokerId() < 0 ? link.endpoint() : (Object) link.brokerId();
  }

  @Override
  public void ask(MetadataRequest request, long timeoutNanos, Reply<MetadataResponse> reply) {
    askInVersion(ApiKey.METADATA, timeoutNanos, reply, version -> inVersion(request, version));
  }

  @Override
  public void ask(
      FindCoordinatorRequest request, long timeoutNanos, Reply<FindCoordinatorResponse> reply) {
    askInVersion(
        ApiKey.FIND_COORDINATOR, timeoutNanos, reply, version -> inVersion(request, version));
  }

  private <R extends ResponseMessage> void askInVersion(
      ApiKey key, long timeoutNanos, Reply<R> reply, IntFunction<RequestMessage<R>> question) {
    PooledLink link = pick();
    if (link == null) {
      reply.onFailure(Core.refusal());
      return;
    }
    long startNanos = clock.nanoTime();
    link.versions(
        (versions, failure) -> {
          if (versions == null) {
            OttlaException why = failure == null ? Core.refusal() : Failures.typed(failure);
            onFailure(link, why);
            reply.onFailure(forAll(why));
            return;
          }
          long leftNanos = timeoutNanos - (clock.nanoTime() - startNanos);
          send(link, question.apply(versions.highestCommon(key)), leftNanos, reply);
        });
  }

  /** Old brokers have no word for "do not create it", the oldest none for "no topics". */
  private static MetadataRequest inVersion(MetadataRequest request, int version) {
    if (version >= FIRST_WITH_AUTO_CREATION) {
      return request;
    }
    boolean isForAll = request.topics() == null && version < FIRST_WITH_NULL_FOR_ALL;
    return new MetadataRequest().topics(isForAll ? new ArrayList<>() : request.topics());
  }

  /** The question in one of its two forms: what asks for one key cannot ask for several. */
  private static FindCoordinatorRequest inVersion(FindCoordinatorRequest request, int version) {
    FindCoordinatorRequest asked = new FindCoordinatorRequest().keyType(request.keyType());
    return version < FIRST_WITH_SEVERAL_KEYS
        ? asked.key(request.key())
        : asked.coordinatorKeys(request.coordinatorKeys());
  }

  private <R extends ResponseMessage> void send(
      PooledLink link, RequestMessage<R> request, long timeoutNanos, Reply<R> reply) {
    link.send(
        request,
        timeoutNanos,
        request.highestVersion(),
        new Reply<>() {
          @Override
          public void onResponse(R response) {
            AnyBroker.this.onAnswer(link);
            if (response instanceof MetadataResponse metadata) {
              clusterIds.seen(link.endpoint(), metadata.clusterId());
            }
            reply.onResponse(response);
          }

          @Override
          public void onFailure(OttlaException failure) {
            AnyBroker.this.onFailure(link, failure);
            reply.onFailure(forAll(failure));
          }
        });
  }

  /** A refusal by one is retriable as long as another may think differently. */
  OttlaException forAll(OttlaException failure) {
    if (!(failure instanceof AuthenticationException)) {
      return failure;
    }
    AuthenticationException all = refusedByAll();
    return all != null
        ? all
        : new BrokerUnreachableException(
            Objects.requireNonNullElse(failure.getMessage(), "refused"),
            ConnectPhase.SASL,
            failure);
  }

  @Override
  public String attemptsSince(long sinceNanos) {
    return Attempts.text(attempts.since(sinceNanos, clock.nanoTime()));
  }
}
