package io.ottla.internal.sasl;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why an endpoint granted nothing, in words. */
final class HttpTrouble {
  private HttpTrouble() {}

  /** Of an answer: the error that it tells, without the secrets that it may repeat. */
  static String explain(HttpResponse<byte[]> response, TokenRequest request) {
    if (response.statusCode() / 100 == 3) {
      return " (a redirection, which is not followed): give the URL that it leads to";
    }
    try {
      Map<String, String> fields = Json.fields(response.body());
      String error = told(fields.get("error"), request);
      String description = told(fields.get("error_description"), request);
      return error + description;
    } catch (IOException noJson) {
      return "";
    }
  }

  private static String told(@Nullable String text, TokenRequest request) {
    return text == null ? "" : ": " + Said.by(request.withoutSecrets(text));
  }

  /** Of an attempt that came to no answer. */
  static String explain(ExecutionException failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    if (cause instanceof HttpConnectTimeoutException) {
      return "no connection in time";
    }
    if (has(cause, UnknownHostException.class) || has(cause, UnresolvedAddressException.class)) {
      return "its host is not known to DNS";
    }
    if (cause instanceof ConnectException) {
      return "connection refused, or no way there";
    }
    if (cause instanceof SSLException) {
      return "no trust: " + Said.by(cause.getMessage());
    }
    return cause.getClass().getSimpleName() + ": " + Said.by(cause.getMessage());
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
