package io.ottla.config;

import io.ottla.error.ConfigException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A proxy through which all connections to brokers are opened. Brokers' names are resolved by it,
 * its own name by the client. Immutable; the password never prints.
 */
public final class Proxy {
  /** What a proxy speaks. */
  public enum Kind {
    /** SOCKS, version 5. */
    SOCKS5("socks5"),
    /** HTTP's method CONNECT. */
    HTTP("http");

    private final String scheme;

    Kind(String scheme) {
      this.scheme = scheme;
    }

    /** As it is written in front of an address: {@code socks5}, {@code http}. */
    public String scheme() {
      return scheme;
    }
  }

  private static final int HIGHEST_PORT = 65_535;

  private final Kind kind;
  private final String host;
  private final int port;
  private final @Nullable String user;
  private final @Nullable String password;

  private Proxy(
      Kind kind, String host, int port, @Nullable String user, @Nullable String password) {
    this.kind = kind;
    this.host = host;
    this.port = port;
    this.user = user;
    this.password = password;
  }

  /**
   * A SOCKS5 proxy that asks for nothing.
   *
   * @throws ConfigException if host or port cannot be
   */
  public static Proxy socks5(String host, int port) {
    return of(Kind.SOCKS5, host, port);
  }

  /**
   * An HTTP proxy that asks for nothing.
   *
   * @throws ConfigException if host or port cannot be
   */
  public static Proxy http(String host, int port) {
    return of(Kind.HTTP, host, port);
  }

  private static Proxy of(Kind kind, String host, int port) {
    if (host.isBlank()) {
      throw new ConfigException("proxy", kind.scheme() + "://" + host, "a host and a port");
    }
    if (port < 1 || port > HIGHEST_PORT) {
      throw new ConfigException(
          "proxy", kind.scheme() + "://" + host + ":" + port, "a port of 1 to " + HIGHEST_PORT);
    }
    return new Proxy(kind, host, port, null, null);
  }

  /** The same proxy with a user: SOCKS5's user and password, HTTP's basic authentication. */
  public Proxy withCredentials(String newUser, String newPassword) {
    return new Proxy(
        kind, host, port, Objects.requireNonNull(newUser), Objects.requireNonNull(newPassword));
  }

  /** What it speaks. */
  public Kind kind() {
    return kind;
  }

  /** Its name or address. */
  public String host() {
    return host;
  }

  /** Its port. */
  public int port() {
    return port;
  }

  /** Who we are to it; empty if it does not ask. */
  public Optional<String> user() {
    return Optional.ofNullable(user);
  }

  /** The user's password; empty if it does not ask. */
  public Optional<String> password() {
    return Optional.ofNullable(password);
  }

  /** As a URL, without user and password: {@code socks5://proxy.example:1080}. */
  @Override
  public String toString() {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return kind.scheme() + "://" + name + ":" + port;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Proxy that
        && kind == that.kind
        && host.equals(that.host)
        && port == that.port
        && Objects.equals(user, that.user)
        && Objects.equals(password, that.password);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, host, port, user);
  }
}
