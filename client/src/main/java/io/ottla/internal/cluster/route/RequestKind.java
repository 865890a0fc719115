package io.ottla.internal.cluster.route;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be known of requests of one API to find whoever must answer them.
 *
 * @param split how they are taken apart
 * @param use over which connection they go
 * @param whyNotByKind why nobody can say who must answer it unless the caller names a broker; null
 *     if its kind says it
 */
public record RequestKind(Split<?, ?, ?, ?> split, Use use, @Nullable String whyNotByKind) {
  private static final Map<ApiKey, RequestKind> ALL = all();

  /** The kind of an API's requests. */
  public static RequestKind of(ApiKey key) {
    RequestKind kind = ALL.get(key);
    if (kind == null) {
      throw new IllegalStateException("no kind for " + key);
    }
    return kind;
  }

  /** Why it has to be said who must answer this request; null if that is known. */
  public static @Nullable String whyNotByKind(RequestMessage<?> request) {
    boolean hasSession =
        request instanceof FetchRequest fetch
            && (fetch.sessionId() != 0 || fetch.sessionEpoch() > 0);
    return hasSession
        ? "its session is one broker's; name that with Route.broker(id), or leave it out"
        : of(request.apiKey()).whyNotByKind();
  }

  /** How this request is taken apart; one without pieces goes to anybody as it is. */
  @SuppressWarnings("unchecked") // The table has each API's own split.
  public static <R extends ResponseMessage> Split<RequestMessage<R>, R, Object, Object> splitOf(
      RequestMessage<R> request) {
    Split<RequestMessage<R>, R, Object, Object> split =
        (Split<RequestMessage<R>, R, Object, Object>) of(request.apiKey()).split();
    boolean isEmpty = !split.isForAllBrokers() && split.pieces(request, List.of()).isEmpty();
    return isEmpty ? whole(Target.Anybody.INSTANCE, request) : split;
  }

  /** A request that goes as it is to somebody else than its kind says. */
  @SuppressWarnings("unchecked") // Its pieces and answers are requests and responses.
  public static <R extends ResponseMessage> Split<RequestMessage<R>, R, Object, Object> whole(
      Target target, RequestMessage<R> request) {
    Split<?, ?, ?, ?> whole = WholeRequest.to(target, request);
    return (Split<RequestMessage<R>, R, Object, Object>) whole;
  }

  /** Whether a request may be sent again after it may have been carried out. */
  public static boolean isRepeatable(RequestMessage<?> request) {
    return Repeat.isHarmless(request);
  }

  private static Map<ApiKey, RequestKind> all() {
    Map<ApiKey, RequestKind> all = new EnumMap<>(ApiKey.class);
    for (ApiKey key : ApiKey.values()) {
      all.put(key, RequestKinds.of(key));
    }
    return all;
  }
}
