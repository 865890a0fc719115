package io.ottla.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kerby.kerberos.kerb.KrbException;
import org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;
import org.jspecify.annotations.Nullable;

/**
 * A key distribution centre in this process, and the configuration that makes the JVM ask it. It
 * changes a property of the JVM, so that one at a time is all there can be.
 */
final class Kdc implements AutoCloseable {
  static final String REALM = "OTTLA.TEST";
  private static final String PROPERTY = "java.security.krb5.conf";

  private final Path directory;
  private final SimpleKdcServer server;
  private final Path configuration;
  private final @Nullable String before = System.getProperty(PROPERTY);

  Kdc(Path directory) {
    this.directory = directory;
    int port = freePort();
    configuration = writeConfiguration(port);
    System.setProperty(PROPERTY, configuration.toString());
    try {
      server = new SimpleKdcServer();
      server.setWorkDir(directory.toFile());
      server.setKdcHost("127.0.0.1");
      server.setKdcRealm(REALM);
      server.setAllowUdp(false);
      server.setKdcTcpPort(port);
      server.init();
      server.start();
    } catch (KrbException failure) {
      throw new AssertionError(failure);
    }
  }

  /** The file that says where it is. */
  Path configuration() {
    return configuration;
  }

  /** Creates a principal with keys of its own. */
  Path keytab(String principal) {
    Path keytab = directory.resolve(principal.replace('/', '-') + ".keytab");
    try {
      server.createPrincipals(principal + "@" + REALM);
      server.exportPrincipal(principal + "@" + REALM, keytab.toFile());
    } catch (KrbException failure) {
      throw new AssertionError(failure);
    }
    return keytab;
  }

  /** Forgets a principal. */
  void delete(String principal) {
    try {
      server.deletePrincipals(principal + "@" + REALM);
    } catch (KrbException failure) {
      throw new AssertionError(failure);
    }
  }

  private Path writeConfiguration(int port) {
    try {
      return Files.writeString(
          directory.resolve("krb5.conf"),
          """
          [libdefaults]
            default_realm = %1$s
            udp_preference_limit = 1
            kdc_timeout = 2000
            max_retries = 1
          [realms]
            %1$s = {
              kdc = 127.0.0.1:%2$d
            }
          """
              .formatted(REALM, port));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (KrbException failure) {
      throw new AssertionError(failure);
    } finally {
      if (before == null) {
        System.clearProperty(PROPERTY);
      } else {
        System.setProperty(PROPERTY, before);
      }
    }
  }
}
