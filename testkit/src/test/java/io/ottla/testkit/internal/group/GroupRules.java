package io.ottla.testkit.internal.group;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.JoinGroupResponse;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/**
 * Rules that hold for our coordinator, which a test asks with time moved by hand, and for the real
 * one, which an integration test of the same name asks over sockets.
 */
abstract class GroupRules {
  /** What the real broker is started with, so that rules need not wait long. */
  static final String MAX_SIZE_PROPERTY = "group.max.size=3";

  static final String MIN_SESSION_TIMEOUT_PROPERTY = "group.min.session.timeout.ms=100";
  static final String NO_DELAY_PROPERTY = "group.initial.rebalance.delay.ms=0";
  static final String ONE_PARTITION_PROPERTY = "offsets.topic.num.partitions=1";

  static final int MAX_SIZE = 3;
  static final int MIN_SESSION_TIMEOUT_MS = 100;

  final Coordination coordination;
  final String group = "group-" + UUID.randomUUID();

  GroupRules(Coordination coordination) {
    this.coordination = coordination;
    if (coordination instanceof FakeCoordination fake) {
      fake.settings.maxSize(MAX_SIZE).minSessionTimeoutMs(MIN_SESSION_TIMEOUT_MS);
    }
  }

  @AfterEach
  void disconnect() {
    coordination.close();
  }

  Member member(String clientId) {
    return new Member(coordination, clientId, group);
  }

  static ErrorCode error(JoinGroupResponse response) {
    return ErrorCode.of(response.errorCode());
  }
}
