package io.ottla.cli.command;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String own = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "ottla " + Objects.requireNonNullElse(own, "(not packaged)") + " on Java " + Runtime.version()
    };
  }
}
