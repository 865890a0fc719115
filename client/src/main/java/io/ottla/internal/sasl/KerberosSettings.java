package io.ottla.internal.sasl;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to log in to Kerberos with: a keytab, or the tickets of somebody who has logged in.
 *
 * @param principal as whom; null for whose the tickets are
 * @param keytab its keys; null to use tickets
 * @param ticketCache where the tickets are; null for where this system has them
 */
public record KerberosSettings(
    @Nullable String principal, @Nullable Path keytab, @Nullable Path ticketCache) {
  /** As the JDK's login module has it. */
  Map<String, String> moduleOptions() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("doNotPrompt", "true");
    options.put("isInitiator", "true");
    // Whoever repairs krb5.conf need not start this process anew.
    options.put("refreshKrb5Config", "true");
    if (principal != null) {
      options.put("principal", principal);
    }
    if (keytab != null) {
      options.put("useKeyTab", "true");
      options.put("keyTab", keytab.toString());
    } else {
      options.put("useTicketCache", "true");
      if (ticketCache != null) {
        options.put("ticketCache", ticketCache.toString());
      }
    }
    return options;
  }

  /** Where the identity comes from, as messages name it. */
  public String source() {
    if (keytab != null) {
      return "keytab " + keytab;
    }
    return ticketCache == null ? "the system's ticket cache" : "ticket cache " + ticketCache;
  }
}
