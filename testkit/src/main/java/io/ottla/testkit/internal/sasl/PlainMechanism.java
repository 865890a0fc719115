package io.ottla.testkit.internal.sasl;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PLAIN (RFC 4616): one token with user and password, one empty answer. */
final class PlainMechanism implements ServerMechanism {
  private static final int PARTS = 3;

  private final Users users;
  private @Nullable Principal principal;

  PlainMechanism(Users users) {
    this.users = users;
  }

  @Override
  public byte[] evaluate(byte[] token) throws SaslRefusedException {
    List<String> parts = List.of(new String(token, StandardCharsets.UTF_8).split("\0", -1));
    if (parts.size() != PARTS) {
      throw SaslRefusedException.telling(
          "Invalid SASL/PLAIN response: expected 3 tokens, got " + parts.size());
    }
    String actAs = parts.get(0);
    String user = parts.get(1);
    String password = parts.get(2);
    if (user.isEmpty()) {
      throw SaslRefusedException.telling("Authentication failed: username not specified");
    }
    if (password.isEmpty()) {
      throw SaslRefusedException.telling("Authentication failed: password not specified");
    }
    UserSecrets known = users.find(user);
    if (known == null || !known.isPassword(password)) {
      throw SaslRefusedException.telling("Authentication failed: Invalid username or password");
    }
    if (!actAs.isEmpty() && !actAs.equals(user)) {
      throw SaslRefusedException.telling(
          "Authentication failed: Client requested an authorization id that is different from"
              + " username");
    }
    principal = new Principal(user, Principal.FOR_EVER);
    return new byte[0];
  }

  @Override
  public @Nullable Principal principal() {
    return principal;
  }
}
