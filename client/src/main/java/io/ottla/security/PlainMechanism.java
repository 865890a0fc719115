package io.ottla.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ottla.error.AuthenticationException;

/** PLAIN (RFC 4616): one message, which holds the password. */
final class PlainMechanism extends CredentialsMechanism {
  PlainMechanism(Credentials credentials) {
    super("PLAIN", credentials);
  }

  @Override
  SaslExchange begin(String label, UserPassword current) {
    check("the user's name", current.user());
    check("the password", current.password());
    if (current.isDelegationToken()) {
      throw new AuthenticationException("brokers take delegation tokens with SCRAM only", null);
    }
    return new Exchange(label, current);
  }

  private static void check(String what, String text) {
    if (text.isEmpty()) {
      throw new AuthenticationException(what + " is empty", null);
    }
    if (text.indexOf('\0') >= 0) {
      throw new AuthenticationException(what + " holds U+0000, which ends it in PLAIN", null);
    }
  }

  private static final class Exchange extends OwnExchange {
    private final UserPassword current;

    Exchange(String label, UserPassword current) {
      super(label);
      this.current = current;
    }

    @Override
    byte[] opening() {
      proved();
      // No other identity to act as: Kafka allows none.
      return ('\0' + current.user() + '\0' + current.password()).getBytes(UTF_8);
    }

    @Override
    void conclude(byte[] verdict) {
      if (verdict.length > 0) {
        throw new AuthenticationException("the broker goes on where PLAIN has ended", null);
      }
    }
  }
}
