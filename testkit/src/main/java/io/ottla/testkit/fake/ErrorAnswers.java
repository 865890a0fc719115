package io.ottla.testkit.fake;

import io.ottla.protocol.message.AlterConfigsRequest;
import io.ottla.protocol.message.AlterConfigsResponse;
import io.ottla.protocol.message.ApiVersionsResponse;
import io.ottla.protocol.message.ConsumerGroupDescribeRequest;
import io.ottla.protocol.message.ConsumerGroupDescribeResponse;
import io.ottla.protocol.message.ConsumerGroupHeartbeatResponse;
import io.ottla.protocol.message.CreatePartitionsRequest;
import io.ottla.protocol.message.CreatePartitionsResponse;
import io.ottla.protocol.message.CreateTopicsRequest;
import io.ottla.protocol.message.CreateTopicsResponse;
import io.ottla.protocol.message.DeleteGroupsRequest;
import io.ottla.protocol.message.DeleteGroupsResponse;
import io.ottla.protocol.message.DeleteRecordsRequest;
import io.ottla.protocol.message.DeleteTopicsRequest;
import io.ottla.protocol.message.DeleteTopicsResponse;
import io.ottla.protocol.message.DescribeClusterResponse;
import io.ottla.protocol.message.DescribeConfigsRequest;
import io.ottla.protocol.message.DescribeConfigsResponse;
import io.ottla.protocol.message.DescribeGroupsRequest;
import io.ottla.protocol.message.DescribeGroupsResponse;
import io.ottla.protocol.message.DescribeProducersRequest;
import io.ottla.protocol.message.DescribeTopicPartitionsRequest;
import io.ottla.protocol.message.DescribeTopicPartitionsResponse;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FindCoordinatorRequest;
import io.ottla.protocol.message.FindCoordinatorResponse;
import io.ottla.protocol.message.HeartbeatResponse;
import io.ottla.protocol.message.IncrementalAlterConfigsRequest;
import io.ottla.protocol.message.IncrementalAlterConfigsResponse;
import io.ottla.protocol.message.InitProducerIdResponse;
import io.ottla.protocol.message.JoinGroupResponse;
import io.ottla.protocol.message.LeaveGroupResponse;
import io.ottla.protocol.message.ListGroupsResponse;
import io.ottla.protocol.message.ListOffsetsRequest;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.OffsetCommitRequest;
import io.ottla.protocol.message.OffsetDeleteResponse;
import io.ottla.protocol.message.OffsetFetchRequest;
import io.ottla.protocol.message.OffsetFetchResponse;
import io.ottla.protocol.message.OffsetForLeaderEpochRequest;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.protocol.message.SaslAuthenticateResponse;
import io.ottla.protocol.message.SaslHandshakeResponse;
import io.ottla.protocol.message.SyncGroupResponse;
import java.util.List;
import java.util.Objects;

/**
 * Answers that refuse a whole request with one error: at the top where the response has a place for
 * it there, else for each part that was asked for.
 */
final class ErrorAnswers {
  private static final int FIRST_PRODUCER_OR_GROUP_BATCH = 4;
  private static final int FIRST_OFFSET_FETCH_BATCH = 8;
  private static final int FIRST_DELETE_BY_STATE = 6;

  private ErrorAnswers() {}

  /**
   * The answer.
   *
   * @throws IllegalArgumentException if this API is none of those that a fake broker serves
   */
  static ResponseMessage of(RequestMessage<?> request, ErrorCode error, int version) {
    short code = error.code();
    return switch (request.apiKey()) {
      case PRODUCE -> PartitionErrors.of((ProduceRequest) request, code);
      case FETCH -> PartitionErrors.of((FetchRequest) request, code, version);
      case LIST_OFFSETS -> PartitionErrors.of((ListOffsetsRequest) request, code);
      case OFFSET_FOR_LEADER_EPOCH ->
          PartitionErrors.of((OffsetForLeaderEpochRequest) request, code);
      case DELETE_RECORDS -> PartitionErrors.of((DeleteRecordsRequest) request, code);
      case DESCRIBE_PRODUCERS -> PartitionErrors.of((DescribeProducersRequest) request, code);
      case OFFSET_COMMIT -> PartitionErrors.of((OffsetCommitRequest) request, code);
      case OFFSET_FETCH -> of((OffsetFetchRequest) request, code, version);
      case FIND_COORDINATOR -> of((FindCoordinatorRequest) request, code, version);
      case METADATA -> of((MetadataRequest) request, code);
      case CREATE_TOPICS -> of((CreateTopicsRequest) request, code);
      case DELETE_TOPICS -> of((DeleteTopicsRequest) request, code, version);
      case CREATE_PARTITIONS -> of((CreatePartitionsRequest) request, code);
      case DESCRIBE_CONFIGS -> of((DescribeConfigsRequest) request, code);
      case ALTER_CONFIGS -> of((AlterConfigsRequest) request, code);
      case INCREMENTAL_ALTER_CONFIGS -> of((IncrementalAlterConfigsRequest) request, code);
      case DESCRIBE_GROUPS -> of((DescribeGroupsRequest) request, code);
      case DELETE_GROUPS -> of((DeleteGroupsRequest) request, code);
      case CONSUMER_GROUP_DESCRIBE -> of((ConsumerGroupDescribeRequest) request, code);
      case DESCRIBE_TOPIC_PARTITIONS -> of((DescribeTopicPartitionsRequest) request, code);
      default -> onTop(request, code);
    };
  }

  private static ResponseMessage onTop(RequestMessage<?> request, short code) {
    return switch (request.apiKey()) {
      case API_VERSIONS -> new ApiVersionsResponse().errorCode(code);
      case JOIN_GROUP -> new JoinGroupResponse().errorCode(code);
      case SYNC_GROUP -> new SyncGroupResponse().errorCode(code);
      case HEARTBEAT -> new HeartbeatResponse().errorCode(code);
      case LEAVE_GROUP -> new LeaveGroupResponse().errorCode(code);
      case LIST_GROUPS -> new ListGroupsResponse().errorCode(code);
      case OFFSET_DELETE -> new OffsetDeleteResponse().errorCode(code);
      case INIT_PRODUCER_ID ->
          new InitProducerIdResponse().errorCode(code).producerId(-1).producerEpoch((short) -1);
      case DESCRIBE_CLUSTER -> new DescribeClusterResponse().errorCode(code);
      case SASL_HANDSHAKE -> new SaslHandshakeResponse().errorCode(code);
      case SASL_AUTHENTICATE -> new SaslAuthenticateResponse().errorCode(code);
      case CONSUMER_GROUP_HEARTBEAT -> new ConsumerGroupHeartbeatResponse().errorCode(code);
      default ->
          throw new IllegalArgumentException(
              "no error answer is known for " + request.apiKey() + "; use Fault.answer");
    };
  }

  private static ResponseMessage of(OffsetFetchRequest request, short code, int version) {
    OffsetFetchResponse response = new OffsetFetchResponse();
    if (version < FIRST_OFFSET_FETCH_BATCH) {
      return response.errorCode(code);
    }
    for (OffsetFetchRequest.OffsetFetchRequestGroup group : request.groups()) {
      response
          .groups()
          .add(
              new OffsetFetchResponse.OffsetFetchResponseGroup()
                  .groupId(group.groupId())
                  .errorCode(code));
    }
    return response;
  }

  private static ResponseMessage of(FindCoordinatorRequest request, short code, int version) {
    FindCoordinatorResponse response = new FindCoordinatorResponse();
    if (version < FIRST_PRODUCER_OR_GROUP_BATCH) {
      return response.errorCode(code).nodeId(-1).port(-1);
    }
    for (String key : request.coordinatorKeys()) {
      response
          .coordinators()
          .add(
              new FindCoordinatorResponse.Coordinator()
                  .key(key)
                  .errorCode(code)
                  .nodeId(-1)
                  .port(-1));
    }
    return response;
  }

  private static ResponseMessage of(MetadataRequest request, short code) {
    if (code == ErrorCode.REBOOTSTRAP_REQUIRED.code()) {
      return new MetadataResponse().errorCode(code); // The one error that has its place on top.
    }
    MetadataResponse response = new MetadataResponse();
    for (MetadataRequest.MetadataRequestTopic topic :
        Objects.requireNonNullElse(
            request.topics(), List.<MetadataRequest.MetadataRequestTopic>of())) {
      response
          .topics()
          .add(
              new MetadataResponse.MetadataResponseTopic()
                  .name(topic.name())
                  .topicId(topic.topicId())
                  .errorCode(code));
    }
    return response;
  }

  private static ResponseMessage of(CreateTopicsRequest request, short code) {
    CreateTopicsResponse response = new CreateTopicsResponse();
    for (CreateTopicsRequest.CreatableTopic topic : request.topics()) {
      response
          .topics()
          .add(new CreateTopicsResponse.CreatableTopicResult().name(topic.name()).errorCode(code));
    }
    return response;
  }

  private static ResponseMessage of(DeleteTopicsRequest request, short code, int version) {
    DeleteTopicsResponse response = new DeleteTopicsResponse();
    if (version < FIRST_DELETE_BY_STATE) {
      request
          .topicNames()
          .forEach(
              name ->
                  response
                      .responses()
                      .add(
                          new DeleteTopicsResponse.DeletableTopicResult()
                              .name(name)
                              .errorCode(code)));
      return response;
    }
    for (DeleteTopicsRequest.DeleteTopicState topic : request.topics()) {
      response
          .responses()
          .add(
              new DeleteTopicsResponse.DeletableTopicResult()
                  .name(topic.name())
                  .topicId(topic.topicId())
                  .errorCode(code));
    }
    return response;
  }

  private static ResponseMessage of(CreatePartitionsRequest request, short code) {
    CreatePartitionsResponse response = new CreatePartitionsResponse();
    for (CreatePartitionsRequest.CreatePartitionsTopic topic : request.topics()) {
      response
          .results()
          .add(
              new CreatePartitionsResponse.CreatePartitionsTopicResult()
                  .name(topic.name())
                  .errorCode(code));
    }
    return response;
  }

  private static ResponseMessage of(DescribeConfigsRequest request, short code) {
    DescribeConfigsResponse response = new DescribeConfigsResponse();
    for (DescribeConfigsRequest.DescribeConfigsResource resource : request.resources()) {
      response
          .results()
          .add(
              new DescribeConfigsResponse.DescribeConfigsResult()
                  .resourceType(resource.resourceType())
                  .resourceName(resource.resourceName())
                  .errorCode(code));
    }
    return response;
  }

  private static ResponseMessage of(AlterConfigsRequest request, short code) {
    AlterConfigsResponse response = new AlterConfigsResponse();
    for (AlterConfigsRequest.AlterConfigsResource resource : request.resources()) {
      response
          .responses()
          .add(
              new AlterConfigsResponse.AlterConfigsResourceResponse()
                  .resourceType(resource.resourceType())
                  .resourceName(resource.resourceName())
                  .errorCode(code));
    }
    return response;
  }

  private static ResponseMessage of(IncrementalAlterConfigsRequest request, short code) {
    IncrementalAlterConfigsResponse response = new IncrementalAlterConfigsResponse();
    for (IncrementalAlterConfigsRequest.AlterConfigsResource resource : request.resources()) {
      response
          .responses()
          .add(
              new IncrementalAlterConfigsResponse.AlterConfigsResourceResponse()
                  .resourceType(resource.resourceType())
                  .resourceName(resource.resourceName())
                  .errorCode(code));
    }
    return response;
  }

  private static ResponseMessage of(DescribeGroupsRequest request, short code) {
    DescribeGroupsResponse response = new DescribeGroupsResponse();
    request
        .groups()
        .forEach(
            id ->
                response
                    .groups()
                    .add(new DescribeGroupsResponse.DescribedGroup().groupId(id).errorCode(code)));
    return response;
  }

  private static ResponseMessage of(DeleteGroupsRequest request, short code) {
    DeleteGroupsResponse response = new DeleteGroupsResponse();
    request
        .groupsNames()
        .forEach(
            id ->
                response
                    .results()
                    .add(
                        new DeleteGroupsResponse.DeletableGroupResult()
                            .groupId(id)
                            .errorCode(code)));
    return response;
  }

  private static ResponseMessage of(ConsumerGroupDescribeRequest request, short code) {
    ConsumerGroupDescribeResponse response = new ConsumerGroupDescribeResponse();
    request
        .groupIds()
        .forEach(
            id ->
                response
                    .groups()
                    .add(
                        new ConsumerGroupDescribeResponse.DescribedGroup()
                            .groupId(id)
                            .errorCode(code)));
    return response;
  }

  private static ResponseMessage of(DescribeTopicPartitionsRequest request, short code) {
    DescribeTopicPartitionsResponse response = new DescribeTopicPartitionsResponse();
    for (DescribeTopicPartitionsRequest.TopicRequest topic : request.topics()) {
      response
          .topics()
          .add(
              new DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponseTopic()
                  .name(topic.name())
                  .errorCode(code));
    }
    return response;
  }
}
