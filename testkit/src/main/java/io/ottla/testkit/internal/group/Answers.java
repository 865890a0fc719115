package io.ottla.testkit.internal.group;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.JoinGroupRequest;
import io.ottla.protocol.message.JoinGroupResponse;
import io.ottla.protocol.message.SyncGroupResponse;
import io.ottla.testkit.internal.wire.Exchange;

/** Answers to members of classic groups, in the form that each version has for them. */
final class Answers {
  /** From this version on, no protocol is written as null; before, as an empty string. */
  private static final int NULLABLE_PROTOCOL_VERSION = 7;

  private Answers() {}

  /** Answers a request to join. */
  static void answer(
      Exchange<JoinGroupRequest, JoinGroupResponse> exchange, JoinGroupResponse response) {
    if (exchange.version() < NULLABLE_PROTOCOL_VERSION && response.protocolName() == null) {
      response.protocolName("");
    }
    exchange.answer(response);
  }

  /** Refuses a request to join. */
  static JoinGroupResponse joinRefused(String memberId, ErrorCode error) {
    return new JoinGroupResponse().memberId(memberId).protocolName(null).errorCode(error.code());
  }

  /** Refuses a request to sync. */
  static SyncGroupResponse syncRefused(ErrorCode error) {
    return new SyncGroupResponse().errorCode(error.code());
  }
}
