package io.ottla.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.AddOffsetsToTxnRequest;
import io.ottla.protocol.message.AlterConfigsRequest;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ApiVersionsRequest;
import io.ottla.protocol.message.ConsumerGroupDescribeRequest;
import io.ottla.protocol.message.ConsumerGroupHeartbeatRequest;
import io.ottla.protocol.message.CreatePartitionsRequest;
import io.ottla.protocol.message.CreateTopicsRequest;
import io.ottla.protocol.message.DeleteGroupsRequest;
import io.ottla.protocol.message.DeleteRecordsRequest;
import io.ottla.protocol.message.DeleteTopicsRequest;
import io.ottla.protocol.message.DescribeClusterRequest;
import io.ottla.protocol.message.DescribeConfigsRequest;
import io.ottla.protocol.message.DescribeGroupsRequest;
import io.ottla.protocol.message.DescribeProducersRequest;
import io.ottla.protocol.message.DescribeTopicPartitionsRequest;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FindCoordinatorRequest;
import io.ottla.protocol.message.HeartbeatRequest;
import io.ottla.protocol.message.IncrementalAlterConfigsRequest;
import io.ottla.protocol.message.InitProducerIdRequest;
import io.ottla.protocol.message.JoinGroupRequest;
import io.ottla.protocol.message.LeaveGroupRequest;
import io.ottla.protocol.message.ListGroupsRequest;
import io.ottla.protocol.message.ListOffsetsRequest;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.OffsetCommitRequest;
import io.ottla.protocol.message.OffsetDeleteRequest;
import io.ottla.protocol.message.OffsetFetchRequest;
import io.ottla.protocol.message.OffsetForLeaderEpochRequest;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.protocol.message.SyncGroupRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An error reaches the client in every version of every API that a fake broker serves. */
final class ErrorAnswersTest {
  private static final ErrorCode ERROR = ErrorCode.UNKNOWN_SERVER_ERROR;

  static List<RequestMessage<?>> requests() {
    return List.of(
        produce(),
        fetch(),
        new ListOffsetsRequest()
            .topics(
                List.of(
                    new ListOffsetsRequest.ListOffsetsTopic()
                        .name("t")
                        .partitions(List.of(new ListOffsetsRequest.ListOffsetsPartition())))),
        new OffsetForLeaderEpochRequest()
            .topics(
                List.of(
                    new OffsetForLeaderEpochRequest.OffsetForLeaderTopic()
                        .topic("t")
                        .partitions(
                            List.of(new OffsetForLeaderEpochRequest.OffsetForLeaderPartition())))),
        new DeleteRecordsRequest()
            .topics(
                List.of(
                    new DeleteRecordsRequest.DeleteRecordsTopic()
                        .name("t")
                        .partitions(List.of(new DeleteRecordsRequest.DeleteRecordsPartition())))),
        new DescribeProducersRequest()
            .topics(
                List.of(
                    new DescribeProducersRequest.TopicRequest()
                        .name("t")
                        .partitionIndexes(List.of(0)))),
        new OffsetCommitRequest()
            .topics(
                List.of(
                    new OffsetCommitRequest.OffsetCommitRequestTopic()
                        .name("t")
                        .partitions(
                            List.of(new OffsetCommitRequest.OffsetCommitRequestPartition())))),
        new OffsetFetchRequest()
            .groups(List.of(new OffsetFetchRequest.OffsetFetchRequestGroup().groupId("g"))),
        new FindCoordinatorRequest().coordinatorKeys(List.of("g")),
        new MetadataRequest().topics(List.of(new MetadataRequest.MetadataRequestTopic().name("t"))),
        new CreateTopicsRequest()
            .topics(List.of(new CreateTopicsRequest.CreatableTopic().name("t"))),
        new DeleteTopicsRequest()
            .topicNames(List.of("t"))
            .topics(List.of(new DeleteTopicsRequest.DeleteTopicState().name("t"))),
        new CreatePartitionsRequest()
            .topics(List.of(new CreatePartitionsRequest.CreatePartitionsTopic().name("t"))),
        new DescribeConfigsRequest()
            .resources(
                List.of(new DescribeConfigsRequest.DescribeConfigsResource().resourceName("t"))),
        new AlterConfigsRequest()
            .resources(List.of(new AlterConfigsRequest.AlterConfigsResource().resourceName("t"))),
        new IncrementalAlterConfigsRequest()
            .resources(
                List.of(
                    new IncrementalAlterConfigsRequest.AlterConfigsResource().resourceName("t"))),
        new DescribeGroupsRequest().groups(List.of("g")),
        new DeleteGroupsRequest().groupsNames(List.of("g")),
        new ConsumerGroupDescribeRequest().groupIds(List.of("g")),
        new DescribeTopicPartitionsRequest()
            .topics(List.of(new DescribeTopicPartitionsRequest.TopicRequest().name("t"))),
        new ApiVersionsRequest(),
        new JoinGroupRequest(),
        new SyncGroupRequest(),
        new HeartbeatRequest(),
        new LeaveGroupRequest(),
        new ListGroupsRequest(),
        new OffsetDeleteRequest(),
        new InitProducerIdRequest(),
        new DescribeClusterRequest(),
        new ConsumerGroupHeartbeatRequest());
  }

  private static ProduceRequest produce() {
    return new ProduceRequest()
        .topicData(
            List.of(
                new ProduceRequest.TopicProduceData()
                    .name("t")
                    .partitionData(List.of(new ProduceRequest.PartitionProduceData().index(3)))));
  }

  private static FetchRequest fetch() {
    return new FetchRequest()
        .topics(
            List.of(
                new FetchRequest.FetchTopic()
                    .topic("t")
                    .partitions(List.of(new FetchRequest.FetchPartition().partition(3)))));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void an_error_is_written_in_every_version_that_has_a_place_for_it(RequestMessage<?> request) {
    ApiKey api = request.apiKey();
    int withPlace = 0;
    for (int version = api.lowestVersion(); version <= api.highestVersion(); version++) {
      ResponseMessage answer = ErrorAnswers.of(request, ERROR, version);
      WireWriter out = WireWriter.ofSize(answer.size(version));
      answer.write(out, version);
      ResponseMessage read = request.newResponse();
      read.read(WireReader.of(out.toByteBuffer()), version);

      assertThat(read.apiKey()).isEqualTo(api);
      if (read.toString().contains("errorCode=" + ERROR.code())) {
        withPlace++;
      }
    }

    // OffsetFetch has had a place for a whole request's error since its version 2.
    int without = api == ApiKey.OFFSET_FETCH ? 2 : 0;
    assertThat(withPlace).isEqualTo(api.highestVersion() - api.lowestVersion() + 1 - without);
  }

  @Test
  void what_no_fake_broker_serves_is_refused_with_the_way_out() {
    assertThatThrownBy(() -> ErrorAnswers.of(new AddOffsetsToTxnRequest(), ERROR, 0))
        .hasMessageContaining("ADD_OFFSETS_TO_TXN")
        .hasMessageContaining("Fault.answer");
  }
}
