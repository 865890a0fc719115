package io.ottla.security;

import static java.util.Objects.requireNonNull;

/**
 * A name and the secret that belongs to it.
 *
 * <p>It prints the name only.
 *
 * @param user who we are
 * @param password the secret
 * @param isDelegationToken whether they are a delegation token's id and its HMAC (KIP-48), which
 *     brokers take with SCRAM
 */
public record UserPassword(String user, String password, boolean isDelegationToken) {
  /** What the broker gets must be there. */
  public UserPassword {
    requireNonNull(user, "user");
    requireNonNull(password, "password");
  }

  /** A user and a password. */
  public UserPassword(String user, String password) {
    this(user, password, false);
  }

  /**
   * A delegation token, for SCRAM.
   *
   * @param tokenId its id
   * @param hmac its secret, in base64 as the broker told it
   */
  public static UserPassword delegationToken(String tokenId, String hmac) {
    return new UserPassword(tokenId, hmac, true);
  }

  @Override
  public String toString() {
    return (isDelegationToken ? "delegation token " : "user ") + user + ", password hidden";
  }
}
