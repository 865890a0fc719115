package io.ottla.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where brokers listen, divided by commas; what is named twice counts once. */
record HostPorts() implements OptionType<List<HostPort>> {
  @Override
  public @Nullable List<HostPort> read(String text) {
    Set<HostPort> servers = new LinkedHashSet<>();
    for (String part : text.split(",", -1)) {
      HostPort server = HostPort.read(part.strip());
      if (server == null) {
        return null;
      }
      servers.add(server);
    }
    return new ArrayList<>(servers);
  }

  @Override
  public boolean accepts(List<HostPort> value) {
    return !value.isEmpty();
  }

  @Override
  public List<HostPort> kept(List<HostPort> value) {
    return value.stream().distinct().toList();
  }

  @Override
  public String accepted() {
    return "host:port, divided by commas; IPv6 addresses in brackets, no protocol before the host,"
        + " ports of 1 to 65535 ("
        + HostPort.DEFAULT_PORT
        + " if left out)";
  }
}
