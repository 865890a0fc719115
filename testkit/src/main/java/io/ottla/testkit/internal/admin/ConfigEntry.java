package io.ottla.testkit.internal.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a topic or a broker is configured to.
 *
 * @param value the one that holds; null if there is none
 * @param values all, the one that holds first
 * @param isReadOnly whether it takes a restart to change it
 */
record ConfigEntry(
    ConfigKey key, @Nullable String value, List<ConfigValue> values, boolean isReadOnly) {
  /** Where the value comes from. */
  ConfigSource source() {
    return values.isEmpty() ? ConfigSource.DEFAULT : values.get(0).source();
  }
}
