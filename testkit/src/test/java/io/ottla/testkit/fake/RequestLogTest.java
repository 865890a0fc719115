package io.ottla.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.testkit.internal.loop.Loop;
import io.ottla.testkit.internal.loop.RunningTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The record of requests, and what it does when there are too many. */
@Timeout(30)
final class RequestLogTest {
  private final Loop loop =
      Loop.start(
          "request-log-test",
          new RunningTime(),
          defect -> {
            throw new AssertionError(defect);
          });
  private final RequestLog log = new RequestLog(loop, new Awaiting(loop), 3, 1_000);

  @AfterEach
  void close() {
    loop.close();
  }

  private void add(long number, int bytes) {
    SeenRequest request =
        new SeenRequest(
            number,
            Instant.EPOCH,
            1,
            1,
            "client",
            ApiKey.METADATA,
            12,
            (int) number,
            new MetadataRequest(),
            Optional.empty());
    loop.run(
        () -> {
          log.add(request, bytes);
          log.answered(request, new MetadataResponse());
        });
  }

  @Test
  void as_many_are_kept_as_there_is_room_for_and_all_are_counted() {
    add(1, 10);
    add(2, 10);
    add(3, 10);
    assertThat(log.all()).extracting(SeenRequest::number).containsExactly(1L, 2L, 3L);

    add(4, 10);
    assertThat(log.count(ApiKey.METADATA)).isEqualTo(4);
    assertThatThrownBy(log::all)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("4 requests came")
        .hasMessageContaining("clear()");
  }

  @Test
  void large_requests_take_the_room_of_many() {
    add(1, 600);
    add(2, 600);

    assertThatThrownBy(() -> log.of(ApiKey.METADATA)).hasMessageContaining("latest 1");
  }

  @Test
  void after_clearing_there_is_room_again() {
    add(1, 2_000);
    log.clear();
    add(2, 10);

    assertThat(log.all()).singleElement().satisfies(seen -> assertThat(seen.answer()).isPresent());
  }

  @Test
  void who_waits_is_told_when_a_request_comes() {
    Thread later = new Thread(() -> add(7, 10));
    later.start();

    SeenRequest found = log.await(seen -> seen.number() == 7, Duration.ofSeconds(20));

    assertThat(found.correlationId()).isEqualTo(7);
    assertThatThrownBy(() -> log.await(ApiKey.FETCH, 1, Duration.ofMillis(1)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("0 of 1 FETCH");
  }
}
