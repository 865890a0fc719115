package io.ottla.internal.broker;

import io.ottla.error.TimeoutException;
import io.ottla.error.UnsupportedVersionException;
import io.ottla.producer.ProduceResult;
import io.ottla.producer.RecordError;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.protocol.message.ProduceResponse.BatchIndexAndErrorMessage;
import io.ottla.protocol.message.ProduceResponse.PartitionProduceResponse;
import io.ottla.protocol.message.ProduceResponse.TopicProduceResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes results of what became of a call. Pure. */
final class ProduceResults {
  private static final long UNKNOWN = -1;

  private ProduceResults() {}

  /** The broker's answer, in the order of the batches. */
  static List<ProduceResult> read(
      ProduceResponse response, List<PartitionBatch> batches, Map<String, TopicId> ids) {
    Map<UUID, String> names = new HashMap<>();
    ids.forEach((name, id) -> names.put(id.id(), name));
    Map<PartitionKey, PartitionProduceResponse> answers = new HashMap<>();
    for (TopicProduceResponse topic : response.responses()) {
      String name = topic.name().isEmpty() ? names.get(topic.topicId()) : topic.name();
      if (name != null) {
        for (PartitionProduceResponse partition : topic.partitionResponses()) {
          answers.put(new PartitionKey(name, partition.index()), partition);
        }
      }
    }
    List<ProduceResult> results = new ArrayList<>();
    for (PartitionBatch batch : batches) {
      PartitionProduceResponse answer =
          answers.get(new PartitionKey(batch.topic(), batch.partition()));
      results.add(
          answer == null
              ? failed(
                  batch, ErrorCode.UNKNOWN_SERVER_ERROR, "the broker did not mention the partition")
              : of(batch, answer));
    }
    return results;
  }

  /** Nobody was asked to acknowledge: all that is known is that it left. */
  static List<ProduceResult> unacknowledged(List<PartitionBatch> batches) {
    return batches.stream()
        .map(
            batch ->
                new ProduceResult(
                    batch.topic(),
                    batch.partition(),
                    batch.records(),
                    ErrorCode.NONE,
                    null,
                    UNKNOWN,
                    UNKNOWN,
                    UNKNOWN,
                    List.of()))
        .toList();
  }

  /** The call as a whole failed; the code is the nearest that Kafka has. */
  static List<ProduceResult> ofFailure(List<PartitionBatch> batches, Throwable failure) {
    ErrorCode code =
        failure instanceof TimeoutException
            ? ErrorCode.REQUEST_TIMED_OUT
            : failure instanceof UnsupportedVersionException
                ? ErrorCode.UNSUPPORTED_VERSION
                : ErrorCode.NETWORK_EXCEPTION;
    return batches.stream().map(batch -> failed(batch, code, failure.getMessage() + "")).toList();
  }

  static ProduceResult failed(PartitionBatch batch, ErrorCode error, String message) {
    return new ProduceResult(
        batch.topic(),
        batch.partition(),
        batch.records(),
        error,
        message,
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
        List.of());
  }

  private static ProduceResult of(PartitionBatch batch, PartitionProduceResponse answer) {
    ErrorCode error = ErrorCode.of(answer.errorCode());
    List<RecordError> recordErrors = new ArrayList<>();
    for (BatchIndexAndErrorMessage one : answer.recordErrors()) {
      recordErrors.add(new RecordError(one.batchIndex(), one.batchIndexErrorMessage()));
    }
    return new ProduceResult(
        batch.topic(),
        batch.partition(),
        batch.records(),
        error,
        error == ErrorCode.NONE ? null : words(error, answer),
        error == ErrorCode.NONE ? answer.baseOffset() : UNKNOWN,
        answer.logAppendTimeMs(),
        answer.logStartOffset(),
        recordErrors);
  }

  private static String words(ErrorCode error, PartitionProduceResponse answer) {
    String own = answer.errorMessage();
    return own == null ? error.message() : own;
  }
}
