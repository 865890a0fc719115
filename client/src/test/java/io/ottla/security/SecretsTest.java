package io.ottla.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.OttlaException;
import io.ottla.internal.sasl.JaasLine;
import io.ottla.internal.sasl.TokenServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One secret goes through everything that may hold one, and is looked for in all that it says. */
final class SecretsTest {
  private static final String CANARY = "canary-9d2e";
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1/token");

  private final StringWriter said = new StringWriter();
  private final PrintWriter out = new PrintWriter(said, true);
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final PrintStream errBefore = System.err;

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(logged, true, UTF_8));
  }

  @AfterEach
  void nothing_was_said() {
    System.setErr(errBefore);
    String all = said + logged.toString(UTF_8);
    String base64 = Base64.getEncoder().encodeToString(CANARY.getBytes(UTF_8));
    assertThat(all).isNotEmpty().doesNotContain(CANARY).doesNotContain(base64);
  }

  /** Notes what it prints, or the whole trace of what it throws. */
  private void say(Callable<?> thing) {
    try {
      out.println(thing.call());
    } catch (Exception failure) {
      assertThat(failure).isInstanceOf(OttlaException.class);
      failure.printStackTrace(out);
    }
  }

  /** Lets a mechanism do all that it can against a broker that says nothing sensible. */
  private void exercise(Callable<SaslMechanism> made) {
    for (byte[] challenge :
        List.of(new byte[0], "e=no".getBytes(UTF_8), "{\"status\":\"no\"}".getBytes(UTF_8))) {
      say(
          () -> {
            SaslMechanism mechanism = made.call();
            out.println(mechanism);
            try (SaslExchange exchange = mechanism.begin(Dialogue.PEER)) {
              out.println(exchange);
              exchange.first();
              out.println(exchange);
              exchange.next(challenge);
              return exchange;
            }
          });
    }
  }

  @Test
  void passwords() {
    say(() -> new UserPassword("alice", CANARY));
    say(() -> UserPassword.delegationToken("id", CANARY));
    say(() -> Credentials.changeable("alice", CANARY));
    for (String password : List.of(CANARY, CANARY + "\n", CANARY + "\0", CANARY + "\uD800")) {
      exercise(() -> Sasl.plain("alice", password));
      exercise(() -> Sasl.scramSha256("alice", password));
      exercise(() -> Sasl.scramSha512(() -> UserPassword.delegationToken("id", password)));
      exercise(() -> Sasl.plain("", password));
    }
  }

  @Test
  void tokens(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("token"), CANARY + "\u0001");
    say(() -> Token.of(CANARY, 1).withExtensions(Map.of("a", CANARY)));
    exercise(() -> Sasl.oauthBearer(TokenProviders.file(file)));
    for (Token token :
        List.of(
            Token.jwt(CANARY),
            Token.of(CANARY, 0),
            Token.of("t", Long.MAX_VALUE).withExtensions(Map.of("a", CANARY)),
            Token.of("t", Long.MAX_VALUE).withExtensions(Map.of("a", CANARY + "\u0001")))) {
      exercise(() -> Sasl.oauthBearer(() -> token));
    }
  }

  @Test
  void authorization_servers(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("assertion"), CANARY);
    try (TokenServer server = new TokenServer()) {
      server.answers(
          400, "{\"error\":\"" + CANARY + "\",\"error_description\":\"" + CANARY + "\"}");
      for (URI uri : List.of(server.uri(), NOWHERE)) {
        exercise(() -> noRetry(Oidc.clientCredentials(uri, "me", CANARY)));
        exercise(() -> noRetry(Oidc.clientCredentialsEncoded(uri, "me", CANARY)));
        exercise(() -> noRetry(Oidc.clientAssertion(uri, "me", file)));
        exercise(() -> noRetry(Oidc.jwtBearer(uri, file)));
      }
      URI telling = URI.create("http://me:" + CANARY + "@127.0.0.1:1/t?k=" + CANARY);
      exercise(() -> noRetry(Oidc.clientCredentials(telling, "me", CANARY)));
      say(() -> Oidc.clientCredentials(URI.create("ftp://" + CANARY), "me", CANARY));
    }
  }

  private SaslMechanism noRetry(Oidc oidc) {
    out.println(oidc);
    return Sasl.oauthBearer(oidc.retry(Duration.ofMillis(1), Duration.ZERO).build());
  }

  @Test
  void lines_of_jaas() {
    String line = "x.ScramLoginModule required username=\"alice\" password=\"" + CANARY + "\"";
    say(() -> JaasLine.read(line + ";"));
    for (String broken :
        List.of(line + CANARY, line + " " + CANARY + "=1;", line + " tokenauth=" + CANARY + ";")) {
      exercise(() -> Sasl.fromJaas("SCRAM-SHA-256", broken));
    }
    exercise(() -> Sasl.fromJaas("PLAIN", line + ";"));
    exercise(() -> Sasl.fromJaas("SCRAM-SHA-512", line + ";"));
    for (int cut = 0; cut < line.length(); cut++) {
      String half = line.substring(0, cut);
      say(() -> Sasl.fromJaas("SCRAM-SHA-256", half));
    }
  }
}
