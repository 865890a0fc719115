package io.ottla.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses of this machine, as digits: no name server is asked. Without a port: any. */
record LocalAddresses() implements OptionType<InetSocketAddress> {
  private static final Pattern TEXT =
      Pattern.compile(
          "(\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.]+(?:%[\\w.-]+)?]|[0-9a-fA-F:]*::[0-9a-fA-F:]*)"
              + "(?::(\\d{1,5}))?");

  @Override
  public @Nullable InetSocketAddress read(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return null;
    }
    try {
      int port = parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2));
      return port > 65_535
          ? null
          : new InetSocketAddress(InetAddress.getByName(parts.group(1)), port);
    } catch (UnknownHostException noAddress) {
      return null;
    }
  }

  @Override
  public boolean accepts(InetSocketAddress value) {
    return !value.isUnresolved();
  }

  @Override
  public Optional<InetSocketAddress> cast(Object value) {
    return value instanceof InetSocketAddress address ? Optional.of(address) : Optional.empty();
  }

  @Override
  public String accepted() {
    return "an address of this machine, not a name; with a port or without";
  }
}
