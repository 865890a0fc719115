package io.ottla.security;

import io.ottla.internal.sasl.ScramConversation;
import io.ottla.internal.sasl.ScramHash;
import io.ottla.internal.sasl.ScramKeyCache;

/** SCRAM (RFC 5802): both sides prove that they know the password, and nobody hears it. */
final class ScramMechanism extends CredentialsMechanism {
  private final ScramHash hash;
  private final ScramKeyCache cache = new ScramKeyCache();

  ScramMechanism(ScramHash hash, Credentials credentials) {
    super(hash.mechanism(), credentials);
    this.hash = hash;
  }

  @Override
  SaslExchange begin(String label, UserPassword current) {
    return new Exchange(
        label,
        ScramConversation.begin(
            hash, current.user(), current.password(), current.isDelegationToken(), cache));
  }

  private static final class Exchange extends OwnExchange {
    private final ScramConversation conversation;

    Exchange(String label, ScramConversation conversation) {
      super(label);
      this.conversation = conversation;
    }

    @Override
    byte[] opening() {
      return conversation.clientFirst();
    }

    @Override
    byte[] answer(byte[] challenge) {
      byte[] proof = conversation.clientFinal(challenge);
      proved();
      return proof;
    }

    @Override
    void conclude(byte[] verdict) {
      conversation.verify(verdict);
    }
  }
}
