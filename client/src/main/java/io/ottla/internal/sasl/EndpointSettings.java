package io.ottla.internal.sasl;

import java.net.URI;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A token endpoint, and how patient we are with it. Durations in nanoseconds.
 *
 * @param uri http or https
 * @param connectNanos the longest to a connection
 * @param requestNanos the longest from the start of one attempt to the end of its answer
 * @param firstPauseNanos between the first attempts; each further pause is twice as long
 * @param retryNanos how long after the first attempt there is another one; 0 for one attempt only
 * @param trust whom to trust with https; null for whom this Java trusts
 */
public record EndpointSettings(
    URI uri,
    long connectNanos,
    long requestNanos,
    long firstPauseNanos,
    long retryNanos,
    @Nullable SSLContext trust) {
  /** Without user, query and fragment: they may hold secrets. */
  public String shown() {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port + uri.getRawPath();
  }

  @Override
  public String toString() {
    return shown();
  }
}
