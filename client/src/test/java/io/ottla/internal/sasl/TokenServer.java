package io.ottla.internal.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An authorization server that answers what it was told to; the last answer again and again. */
public final class TokenServer implements AutoCloseable {
  /** A request as it came. */
  public record Asked(String method, String authorization, String contentType, String form) {}

  private record Answer(int status, String type, String body) {}

  private final HttpServer server;
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();

  /** Listens on a port of its own. */
  public TokenServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.createContext("/token", this::handle);
    server.start();
  }

  /** Its token endpoint. */
  public URI uri() {
    InetSocketAddress at = server.getAddress();
    return URI.create("http://" + at.getHostString() + ":" + at.getPort() + "/token");
  }

  /** Puts an answer behind those that wait. */
  public TokenServer answers(int status, String json) {
    return answers(status, "application/json", json);
  }

  /** Puts an answer behind those that wait. */
  public TokenServer answers(int status, String type, String body) {
    answers.add(new Answer(status, type, body));
    return this;
  }

  /** Grants this token, for an hour. */
  public TokenServer grants(String token) {
    return answers(
        200, "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
  }

  /** What was asked so far. */
  public Queue<Asked> asked() {
    return asked;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(
          new Asked(
              exchange.getRequestMethod(),
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
              String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
              new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
      Answer answer = answers.size() > 1 ? answers.remove() : answers.peek();
      if (answer == null) {
        return; // closes without an answer
      }
      byte[] body = answer.body().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.getResponseHeaders().set("Location", "https://login.example/elsewhere");
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
