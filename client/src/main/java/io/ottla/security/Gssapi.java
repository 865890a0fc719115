package io.ottla.security;

import static java.util.Objects.requireNonNull;

import io.ottla.error.ConfigException;
import java.nio.file.Path;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/**
 * How to log in to Kerberos: as whom, with what, and what brokers are called there. Realms and
 * their servers are in the JVM's {@code krb5.conf} ({@code -Djava.security.krb5.conf}).
 *
 * <p>Thread: any. It holds places and no keys, but for a subject, which does not print.
 */
public final class Gssapi {
  private final String serviceName;
  private final @Nullable String principal;
  private final @Nullable Path keytab;
  private final @Nullable Path ticketCache;
  private final @Nullable Subject subject;

  private Gssapi(Builder builder) {
    serviceName = builder.serviceName;
    principal = builder.principal;
    keytab = builder.keytab;
    ticketCache = builder.ticketCache;
    subject = builder.subject;
  }

  /** Settings with nothing to log in with yet. */
  public static Builder builder() {
    return new Builder();
  }

  String serviceName() {
    return serviceName;
  }

  @Nullable String principal() {
    return principal;
  }

  @Nullable Path keytab() {
    return keytab;
  }

  @Nullable Path ticketCache() {
    return ticketCache;
  }

  @Nullable Subject subject() {
    return subject;
  }

  @Override
  public String toString() {
    return "Gssapi[service " + serviceName + (principal == null ? "" : ", " + principal) + "]";
  }

  /** Collects the settings; belongs to one thread. */
  public static final class Builder {
    private String serviceName = "kafka";
    private @Nullable String principal;
    private @Nullable Path keytab;
    private @Nullable Path ticketCache;
    private @Nullable Subject subject;
    private int ways;

    private Builder() {}

    /** The first part of the brokers' principals; {@code kafka} by default. */
    public Builder serviceName(String name) {
      serviceName = requireNonNull(name, "name");
      return this;
    }

    /** As whom to log in, {@code alice@EXAMPLE.ORG}; a keytab needs it. */
    public Builder principal(String name) {
      principal = requireNonNull(name, "name");
      return this;
    }

    /** Log in with the principal's keys in this file, and again ahead of each ticket's end. */
    public Builder keytab(Path file) {
      keytab = requireNonNull(file, "file");
      ways++;
      return this;
    }

    /** Use the tickets that {@code kinit} has put where this system has them. */
    public Builder ticketCache() {
      ways++;
      return this;
    }

    /** Use the tickets in this file; whoever renews them has nobody to tell. */
    public Builder ticketCache(Path file) {
      ticketCache = requireNonNull(file, "file");
      return ticketCache();
    }

    /** Use what somebody has logged in to; its tickets are that somebody's to renew. */
    public Builder subject(Subject loggedIn) {
      subject = requireNonNull(loggedIn, "loggedIn");
      ways++;
      return this;
    }

    /**
     * The settings.
     *
     * @throws ConfigException if there is nothing to log in with, or more than one thing
     */
    public Gssapi build() {
      if (ways != 1) {
        throw new ConfigException(
            "sasl.gssapi", ways + " ways to log in", "one of keytab, ticketCache, subject");
      }
      if (keytab != null && principal == null) {
        throw new ConfigException(
            "sasl.gssapi", "a keytab", "principal(…), too: whose keys to use");
      }
      if (serviceName.isEmpty()) {
        throw new ConfigException("sasl.kerberos.service.name", "", "a name; mostly kafka");
      }
      return new Gssapi(this);
    }
  }
}
