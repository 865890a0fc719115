package io.ottla;

import java.util.function.Consumer;

/** The door: opens every client. */
public final class Ottla {
  private Ottla() {}

  /**
   * A broker, spoken to directly. Connects with the first request.
   *
   * @param host a name or an address
   * @param port the port, 1 to 65535
   */
  public static Broker broker(String host, int port) {
    return broker(host, port, options -> {});
  }

  /**
   * A broker, spoken to directly, with options of one's own.
   *
   * @param host a name or an address
   * @param port the port, 1 to 65535
   * @param configure sets options; called once, before this method returns
   * @throws io.ottla.error.ConfigException if an option has a value that it cannot have
   */
  public static Broker broker(String host, int port, Consumer<BrokerOptions.Builder> configure) {
    BrokerOptions.Builder builder = BrokerOptions.builder();
    configure.accept(builder);
    return SingleBroker.open(host, port, builder.build());
  }
}
