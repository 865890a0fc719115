package io.ottla.internal.sasl;

import io.ottla.error.AuthenticationException;
import io.ottla.error.OttlaException;
import io.ottla.error.RetriableException;
import io.ottla.error.SendOutcome;
import io.ottla.internal.runtime.Clock;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server for tokens over HTTP, more than once if it is the server's trouble.
 *
 * <p>Thread: any; it waits, at most for the settings' times. Always: what the endpoint refuses
 * (4xx) is not asked again, and secrets follow no redirection.
 */
public final class TokenEndpoint {
  private static final int MOST_BODY_BYTES = 1 << 20;
  private static final int MOST_DOUBLINGS = 20;

  /** Waits. Tests do not. */
  interface Pause {
    void of(long nanos) throws InterruptedException;
  }

  /** What an attempt found out: a reply, or why there is none and whether another may help. */
  private record Answer(@Nullable TokenReply reply, String why, boolean mayChange) {}

  private final EndpointSettings settings;
  private final Clock clock;
  private final Pause pause;

  /** An endpoint that is asked as the clock goes. */
  public TokenEndpoint(EndpointSettings settings, Clock clock) {
    this(settings, clock, TimeUnit.NANOSECONDS::sleep);
  }

  TokenEndpoint(EndpointSettings settings, Clock clock, Pause pause) {
    this.settings = settings;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * A token.
   *
   * @throws AuthenticationException if the endpoint refuses, or does not answer as one
   * @throws RetriableException if it was in trouble for as long as the settings allow
   */
  public TokenReply fetch(TokenRequest request) {
    HttpClient client = newClient();
    long begun = clock.nanoTime();
    for (int attempt = 1; ; attempt++) {
      Answer answer = ask(client, request);
      TokenReply reply = answer.reply();
      if (reply != null) {
        return reply;
      }
      if (!answer.mayChange()) {
        throw new AuthenticationException("token endpoint " + settings + " " + answer.why(), null);
      }
      long wait = settings.firstPauseNanos() << Math.min(attempt - 1, MOST_DOUBLINGS);
      long spent = clock.nanoTime() - begun;
      if (spent + wait > settings.retryNanos()) {
        throw givenUp(answer.why(), attempt, spent);
      }
      pause(wait);
    }
  }

  /** One for all attempts; it ends with its last use, so that no thread of it stays behind. */
  private HttpClient newClient() {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofNanos(settings.connectNanos()))
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER);
    if (settings.trust() != null) {
      builder.sslContext(settings.trust());
    }
    return builder.build();
  }

  private Answer ask(HttpClient client, TokenRequest request) {
    CompletableFuture<HttpResponse<byte[]>> asked =
        client.sendAsync(http(request), answer -> new BoundedBody(MOST_BODY_BYTES));
    try {
      return read(asked.get(settings.requestNanos(), TimeUnit.NANOSECONDS), request);
    } catch (TimeoutException late) {
      asked.cancel(true);
      return new Answer(null, "did not answer within " + seconds(settings.requestNanos()), true);
    } catch (ExecutionException failed) {
      return new Answer(null, "failed: " + HttpTrouble.explain(failed), true);
    } catch (InterruptedException stopped) {
      asked.cancel(true);
      throw interrupted();
    }
  }

  private HttpRequest http(TokenRequest request) {
    HttpRequest.Builder http =
        HttpRequest.newBuilder(settings.uri())
            .header("Accept", "application/json")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(request.body()));
    if (request.authorization() != null) {
      http.header("Authorization", request.authorization());
    }
    return http.build();
  }

  private Answer read(HttpResponse<byte[]> response, TokenRequest request) {
    int status = response.statusCode();
    if (status == 200) {
      return granted(response);
    }
    boolean mayChange = status >= 500 || status == 408 || status == 429;
    return new Answer(
        null, "answered " + status + HttpTrouble.explain(response, request), mayChange);
  }

  private Answer granted(HttpResponse<byte[]> response) {
    Map<String, String> fields;
    try {
      fields = Json.fields(response.body());
    } catch (IOException noJson) {
      return new Answer(
          null, "answered 200 with something that is no JSON object; is it the right URL?", false);
    }
    String token = fields.getOrDefault("access_token", fields.get("id_token"));
    return token == null || token.isBlank()
        ? new Answer(null, "answered 200 without an access_token", false)
        : new Answer(TokenReply.of(token, fields.get("expires_in"), clock.wallMillis()), "", false);
  }

  private void pause(long nanos) {
    try {
      pause.of(nanos);
    } catch (InterruptedException stopped) {
      throw interrupted();
    }
  }

  private OttlaException givenUp(String why, int attempts, long spentNanos) {
    return new RetriableException(
        String.format(
            Locale.ROOT,
            "token endpoint %s %s; asked %s in %s",
            settings,
            why,
            attempts == 1 ? "once" : attempts + " times",
            seconds(spentNanos)),
        SendOutcome.NOT_SENT,
        null);
  }

  private OttlaException interrupted() {
    Thread.currentThread().interrupt();
    return new RetriableException(
        "stopped while token endpoint " + settings + " was asked", SendOutcome.NOT_SENT, null);
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
  }

  @Override
  public String toString() {
    return "token endpoint " + settings;
  }
}
