package io.ottla.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.TimeoutException;
import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.HeartbeatResponse;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.script.Asked;
import java.lang.reflect.Method;
import java.time.Duration;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.requests.AbstractResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pause that a broker asks for (KIP-219). */
final class ThrottleTest extends ConnectionTestBase {
  private void answerWithPause(Asked request, int throttleMs) {
    answer(request, new HeartbeatResponse().throttleTimeMs(throttleMs));
  }

  @Test
  void nothing_is_sent_until_the_pause_is_over() {
    Connection connection = ready();
    send(connection);
    answerWithPause(nextAsked(), 500);

    Recorded waiting = send(connection);
    advance(Duration.ofMillis(499));
    assertThat(asked).isEmpty();
    advance(Duration.ofMillis(1));

    answer(nextAsked(), new HeartbeatResponse());
    assertThat(waiting.response).isNotNull();
  }

  @Test
  void what_left_before_is_answered_meanwhile_and_may_make_it_longer() {
    Connection connection = ready();
    send(connection);
    Recorded second = send(connection);
    answerWithPause(nextAsked(), 500);
    advance(Duration.ofMillis(300));
    answerWithPause(nextAsked(), 400);
    assertThat(second.response).isNotNull();
    send(connection);

    advance(Duration.ofMillis(399));
    assertThat(asked).isEmpty();
    advance(Duration.ofMillis(1));

    assertThat(asked).hasSize(1);
  }

  @Test
  void a_shorter_one_does_not_end_it() {
    Connection connection = ready();
    send(connection);
    send(connection);
    answerWithPause(nextAsked(), 500);
    answerWithPause(nextAsked(), 1);
    send(connection);

    advance(Duration.ofMillis(499));

    assertThat(asked).isEmpty();
  }

  @Test
  void a_call_may_run_out_of_time_meanwhile_and_is_told_why_it_waited() {
    Connection connection = ready();
    send(connection);
    answerWithPause(nextAsked(), 60_000);
    Recorded waiting = send(connection, Duration.ofSeconds(1));

    advance(Duration.ofSeconds(1));

    assertThat(waiting.failure())
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("the broker asked for a pause (throttle_time_ms) of which 59 s");
    assertThat(connection.state()).isEqualTo(ConnectionState.READY);
  }

  @Test
  void closing_waits_for_no_pause_when_nothing_does() {
    Connection connection = ready();
    send(connection);
    answerWithPause(nextAsked(), 60_000);

    connection.drain("the test closes");

    assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
  }

  @Test
  void an_old_version_has_paused_already() {
    Throttle throttle = new Throttle(clock);

    throttle.onResponse(new HeartbeatResponse().throttleTimeMs(500), 1);
    assertThat(throttle.isOn()).isFalse();
    throttle.onResponse(new HeartbeatResponse().throttleTimeMs(500), 2);

    assertThat(throttle.isOn()).isTrue();
  }

  /** Those that it never heeds are new or rare, and brokers pause behind them all the same. */
  @ParameterizedTest
  @EnumSource(ApiKey.class)
  void the_versions_are_those_of_kafka_s_own_client(ApiKey key) throws Exception {
    AbstractResponse newest = reference(key, key.highestVersion());
    boolean saysAPause = sayAPause(key.newRequest().newResponse());
    if (!saysAPause || newest == null || !newest.shouldClientThrottle(key.highestVersion())) {
      return;
    }
    for (short version = key.lowestVersion(); version <= key.highestVersion(); version++) {
      AbstractResponse reference = reference(key, version);
      if (reference != null) {
        assertThat(ThrottledVersions.asksForPause(key, version))
            .as(key + " v" + version)
            .isEqualTo(reference.shouldClientThrottle(version));
      }
    }
  }

  private static boolean sayAPause(ResponseMessage response) throws ReflectiveOperationException {
    for (Method method : response.getClass().getMethods()) {
      if (method.getName().equals("throttleTimeMs") && method.getParameterCount() == 1) {
        method.invoke(response, 123);
        assertThat(response.throttleTimeMs()).isEqualTo(123);
        return true;
      }
    }
    return false;
  }

  /** Our own response, as kafka-clients reads it; null in versions that it has no more. */
  private static @Nullable AbstractResponse reference(ApiKey key, short version) {
    ApiKeys theirs = ApiKeys.forId(key.id());
    if (!theirs.isVersionSupported(version)) {
      return null;
    }
    ResponseMessage response = key.newRequest().newResponse();
    WireWriter out = WireWriter.ofSize(response.size(version));
    response.write(out, version);
    return AbstractResponse.parseResponse(
        theirs, new ByteBufferAccessor(out.toByteBuffer()), version);
  }
}
