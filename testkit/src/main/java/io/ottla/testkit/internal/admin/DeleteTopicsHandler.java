package io.ottla.testkit.internal.admin;

import static io.ottla.protocol.WireReader.ZERO_UUID;

import io.ottla.protocol.message.DeleteTopicsRequest;
import io.ottla.protocol.message.DeleteTopicsRequest.DeleteTopicState;
import io.ottla.protocol.message.DeleteTopicsResponse;
import io.ottla.protocol.message.DeleteTopicsResponse.DeletableTopicResult;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.internal.topic.Topic;
import io.ottla.testkit.internal.topic.Topics;
import io.ottla.testkit.internal.wire.Exchange;
import io.ottla.testkit.internal.wire.Handler;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Deletes topics, called by name or, since version 6, by id. */
final class DeleteTopicsHandler implements Handler<DeleteTopicsRequest, DeleteTopicsResponse> {
  private static final int FIRST_BY_ID = 6;

  private final Topics topics;

  DeleteTopicsHandler(Topics topics) {
    this.topics = topics;
  }

  @Override
  public void handle(Exchange<DeleteTopicsRequest, DeleteTopicsResponse> exchange) {
    List<DeletableTopicResult> results = new ArrayList<>();
    if (exchange.request().timeoutMs() <= 0) {
      for (DeleteTopicState topic : asked(exchange.request(), exchange.version())) {
        results.add(refused(topic, RefusedException.timedOut()));
      }
      exchange.answer(new DeleteTopicsResponse().responses(results));
      return;
    }
    List<DeleteTopicState> asked = new ArrayList<>();
    for (DeleteTopicState topic : asked(exchange.request(), exchange.version())) {
      if ((topic.name() == null) == topic.topicId().equals(ZERO_UUID)) {
        results.add(refused(topic, neitherOrBoth()));
      } else {
        asked.add(topic);
      }
    }
    List<UUID> ids = asked.stream().map(DeleteTopicState::topicId).toList();
    refuseRepeated(asked, results);
    refuseThoseCalledByNameAndId(asked, ids, results);
    asked.forEach(topic -> results.add(delete(topic)));
    exchange.answer(new DeleteTopicsResponse().responses(results));
  }

  private static List<DeleteTopicState> asked(DeleteTopicsRequest request, int version) {
    return version >= FIRST_BY_ID
        ? request.topics()
        : request.topicNames().stream().map(name -> new DeleteTopicState().name(name)).toList();
  }

  private static void refuseRepeated(
      List<DeleteTopicState> asked, List<DeletableTopicResult> results) {
    for (DeleteTopicState topic : Repeated.among(asked)) {
      asked.removeIf(topic::equals);
      results.add(refused(topic, Repeated.topic(called(topic))));
    }
  }

  /** Such a topic is answered once. */
  private void refuseThoseCalledByNameAndId(
      List<DeleteTopicState> asked, List<UUID> ids, List<DeletableTopicResult> results) {
    for (DeleteTopicState byName : List.copyOf(asked)) {
      Topic topic = byName.name() == null ? null : topics.find(byName.name());
      if (topic != null && ids.contains(topic.id())) {
        asked.remove(byName);
        asked.removeIf(byId -> byId.topicId().equals(topic.id()));
        results.add(refused(byName, Repeated.topic(topic.name())).topicId(topic.id()));
      }
    }
  }

  private static Object called(DeleteTopicState topic) {
    return Objects.requireNonNullElse(topic.name(), topic.topicId());
  }

  private DeletableTopicResult delete(DeleteTopicState asked) {
    String name = asked.name();
    Topic topic = name == null ? topics.find(asked.topicId()) : topics.find(name);
    if (topic == null) {
      return refused(
          asked,
          new RefusedException(
              name == null ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
    }
    topics.delete(topic);
    return new DeletableTopicResult().name(topic.name()).topicId(topic.id()).errorMessage(null);
  }

  private static DeletableTopicResult refused(DeleteTopicState topic, RefusedException why) {
    return new DeletableTopicResult()
        .name(topic.name())
        .topicId(topic.topicId())
        .errorCode(why.error().code())
        .errorMessage(why.getMessage());
  }

  private static RefusedException neitherOrBoth() {
    return new RefusedException(
        ErrorCode.INVALID_REQUEST, "a topic is called either by its name or by its id");
  }
}
