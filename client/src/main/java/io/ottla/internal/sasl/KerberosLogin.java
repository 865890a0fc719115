package io.ottla.internal.sasl;

import io.ottla.internal.runtime.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;

/**
 * Who we are with Kerberos: logs in when that is first asked, and again ahead of the ticket's end.
 *
 * <p>Owns: the identity. Thread: any; it may wait for the key distribution centre. Always: an
 * identity is replaced and not changed, as others may be using its tickets.
 */
public final class KerberosLogin {
  private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule";

  private final KerberosSettings settings;
  private final Refreshing<KerberosIdentity> identity;

  /** A login that takes its time from the clock. */
  public KerberosLogin(KerberosSettings settings, Clock clock) {
    this.settings = settings;
    identity = refreshing(this::logIn, clock, Background::execute);
  }

  static Refreshing<KerberosIdentity> refreshing(
      Supplier<KerberosIdentity> source, Clock clock, Executor background) {
    return new Refreshing<>(
        "Kerberos ticket",
        source,
        KerberosIdentity::endMillis,
        clock,
        () -> ThreadLocalRandom.current().nextDouble(),
        background);
  }

  /**
   * Who we are now.
   *
   * @throws io.ottla.error.AuthenticationException if there is nothing to log in with, or it is
   *     refused
   * @throws io.ottla.error.RetriableException if nobody could be asked
   */
  public KerberosIdentity identity() {
    return identity.get();
  }

  /** Forgets an identity that a broker has refused. */
  public void drop(KerberosIdentity refused) {
    identity.drop(refused);
  }

  private KerberosIdentity logIn() {
    try {
      Subject subject = new Subject();
      new LoginContext("ottla", subject, KerberosLogin::refuseToAsk, inMemory()).login();
      return KerberosIdentity.of(subject);
    } catch (LoginException failure) {
      throw KerberosTrouble.of("log-in from " + settings.source() + " failed", failure);
    }
  }

  /** Never reached, as the module is told not to prompt. */
  private static void refuseToAsk(Callback[] questions) throws UnsupportedCallbackException {
    throw new UnsupportedCallbackException(questions[0], "there is nobody to ask");
  }

  private Configuration inMemory() {
    AppConfigurationEntry[] entry = {
      new AppConfigurationEntry(MODULE, LoginModuleControlFlag.REQUIRED, settings.moduleOptions())
    };
    return new Configuration() {
      @Override
      public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
        return entry;
      }
    };
  }

  @Override
  public String toString() {
    return "KerberosLogin[" + settings.source() + "]";
  }
}
