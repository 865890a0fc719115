package io.ottla.internal.net;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The name and version under which brokers count their clients. */
public final class Software {
  static final String NAME = "ottla";

  private static final String RESOURCE = "version.properties";
  private static final String VERSION = read();

  private Software() {}

  /** The version of this library. */
  public static String version() {
    return VERSION;
  }

  private static String read() {
    Properties properties = new Properties();
    try (InputStream in = Software.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing: the library is incomplete");
      }
      properties.load(in);
    } catch (IOException unreadable) {
      throw new IllegalStateException(RESOURCE + " cannot be read", unreadable);
    }
    return properties.getProperty("version", "unknown");
  }
}
