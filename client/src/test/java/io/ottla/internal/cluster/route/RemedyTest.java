package io.ottla.internal.cluster.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows from each error code agrees with what Kafka says of it, or is said here. */
final class RemedyTest {
  /** Retriable says Kafka; but who asked has to do something else first. */
  private static final Set<ErrorCode> ASKERS_FIRST =
      EnumSet.of(
          ErrorCode.FETCH_SESSION_ID_NOT_FOUND,
          ErrorCode.INVALID_FETCH_SESSION_EPOCH,
          ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR,
          ErrorCode.SHARE_SESSION_NOT_FOUND,
          ErrorCode.INVALID_SHARE_SESSION_EPOCH,
          ErrorCode.PREFERRED_LEADER_NOT_AVAILABLE,
          ErrorCode.ELIGIBLE_LEADERS_NOT_AVAILABLE,
          ErrorCode.ELECTION_NOT_NEEDED);

  /** Not retriable says Kafka; but another broker, or the same one later, does it. */
  private static final Set<ErrorCode> CURED_ALL_THE_SAME =
      EnumSet.of(
          ErrorCode.BROKER_NOT_AVAILABLE,
          ErrorCode.STALE_CONTROLLER_EPOCH,
          ErrorCode.UNKNOWN_CONTROLLER_ID,
          ErrorCode.REBOOTSTRAP_REQUIRED);

  @ParameterizedTest
  @EnumSource
  void each_code_has_a_remedy_that_fits_its_kind(ErrorCode error) {
    Remedy remedy = Remedy.of(error);

    boolean expected =
        (error.isRetriable() && !ASKERS_FIRST.contains(error))
            || CURED_ALL_THE_SAME.contains(error);
    assertThat(remedy.isRetried()).isEqualTo(expected);
    assertThat(remedy == Remedy.NONE).isEqualTo(error == ErrorCode.NONE);
    if (error.findsCoordinator()) {
      assertThat(remedy).isEqualTo(Remedy.FIND_COORDINATOR);
    }
    if (error.name().endsWith("AUTHORIZATION_FAILED")) {
      assertThat(remedy).isEqualTo(Remedy.AUTHORIZATION);
    }
    if (error.refreshesMetadata() && remedy.isRetried() && error != ErrorCode.NETWORK_EXCEPTION) {
      assertThat(remedy).isEqualTo(Remedy.REFRESH_METADATA);
    }
  }
}
