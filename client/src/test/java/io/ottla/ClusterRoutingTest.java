package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.error.TimeoutException;
import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ApiMessage;
import io.ottla.protocol.message.ApiVersionsRequest;
import io.ottla.protocol.message.CreateTopicsRequest;
import io.ottla.protocol.message.CreateTopicsRequest.CreatableTopic;
import io.ottla.protocol.message.CreateTopicsResponse;
import io.ottla.protocol.message.DescribeClusterRequest;
import io.ottla.protocol.message.DescribeConfigsRequest;
import io.ottla.protocol.message.DescribeConfigsRequest.DescribeConfigsResource;
import io.ottla.protocol.message.DescribeConfigsResponse;
import io.ottla.protocol.message.DescribeGroupsRequest;
import io.ottla.protocol.message.DescribeGroupsResponse;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FetchRequest.FetchPartition;
import io.ottla.protocol.message.FetchRequest.FetchTopic;
import io.ottla.protocol.message.FetchResponse;
import io.ottla.protocol.message.FindCoordinatorRequest;
import io.ottla.protocol.message.FindCoordinatorResponse;
import io.ottla.protocol.message.ListGroupsRequest;
import io.ottla.protocol.message.ListGroupsResponse;
import io.ottla.protocol.message.ListGroupsResponse.ListedGroup;
import io.ottla.protocol.message.ListOffsetsRequest;
import io.ottla.protocol.message.ListOffsetsResponse;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.OffsetFetchRequest;
import io.ottla.protocol.message.OffsetFetchRequest.OffsetFetchRequestGroup;
import io.ottla.protocol.message.OffsetFetchRequest.OffsetFetchRequestTopics;
import io.ottla.protocol.message.OffsetFetchResponse;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.fake.KafkaRelease;
import io.ottla.testkit.fake.SeenRequest;
import io.ottla.testkit.scenario.Scenario;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests find whoever must answer them, and what comes back is one answer. */
@Timeout(60)
final class ClusterRoutingTest extends ClusterTestBase {
  @Test
  @Scenario("L166")
  void any_broker_tells_the_clusters_id_and_its_controller() throws Exception {
    assertThat(get(cluster.request(new DescribeClusterRequest())).clusterId()).isEqualTo("one");
    assertThat(get(cluster.clusterId())).isEqualTo("one");
    assertThat(get(cluster.brokers())).extracting(ClusterBroker::id).containsExactly(1, 2, 3);
    fake.moveController(3);

    assertThat(get(cluster.brokers())).hasSize(3); // asks anew
    assertThat(get(cluster.controller()).id()).isEqualTo(3);
  }

  @Test
  void topics_are_created_by_the_controller() throws Exception {
    fake.moveController(2);
    CreateTopicsRequest request = new CreateTopicsRequest().timeoutMs(1000);
    request
        .topics()
        .add(new CreatableTopic().name("new").numPartitions(1).replicationFactor((short) 1));

    CreateTopicsResponse created = get(cluster.request(request));

    assertThat(created.topics().get(0).errorCode()).isZero();
    assertThat(fake.topics()).contains("new");
    assertThat(fake.requests().of(ApiKey.CREATE_TOPICS))
        .extracting(SeenRequest::brokerId)
        .containsExactly(2);
  }

  @Test
  void each_leader_answers_for_its_partitions_in_one_request() throws Exception {
    fake.partition("orders", 4).append("a", "b", "c");

    ListOffsetsResponse response = get(cluster.request(allEnds()));

    assertThat(response.topics()).hasSize(1);
    assertThat(offsets(response)).containsExactly(0L, 0L, 0L, 0L, 3L, 0L);
    assertThat(fake.requests().of(ApiKey.LIST_OFFSETS))
        .extracting(SeenRequest::brokerId)
        .containsExactlyInAnyOrder(1, 2, 3);
    assertThat(get(cluster.leader("orders", 4)).broker().id()).isEqualTo(leader(4));
  }

  // What one broker says that leads everything is what the merged answers must be.
  @Test
  void a_merged_answer_is_that_of_one_broker_that_leads_all() throws Exception {
    try (FakeCluster single = FakeCluster.builder().topic("orders", PARTITIONS).start();
        Cluster truth = open(single.bootstrapServers())) {
      for (int i = 0; i < PARTITIONS; i++) {
        for (int n = 0; n < i; n++) {
          fake.partition("orders", i).append("value " + n);
          single.partition("orders", i).append("value " + n);
        }
      }

      ListOffsetsResponse merged = get(cluster.request(allEnds()));
      ListOffsetsResponse expected = get(truth.request(allEnds(), Route.any(), PATIENCE));
      assertThat(bytes(merged.throttleTimeMs(0), 7)).isEqualTo(bytes(expected, 7));

      assertThat(records(get(cluster.request(fetch("orders", null)))))
          .isEqualTo(records(get(truth.request(fetch("orders", null)))))
          .hasSize(PARTITIONS);
    }
  }

  @Test
  void topics_may_be_called_by_their_ids_alone() throws Exception {
    fake.partition("orders", 5).append("a", "b");

    FetchResponse response = get(cluster.request(fetch("", fake.topicId("orders"))));

    assertThat(records(response)).hasSize(PARTITIONS).last().isNotEqualTo(0);
    assertThat(fake.requests().of(ApiKey.FETCH)).allMatch(seen -> seen.version() >= 13);
    OttlaException unknown = failureOf(cluster.request(fetch("", new UUID(4, 7))));
    assertThat(unknown).isInstanceOf(RefusedException.class);
    assertThat(unknown).hasMessageContaining("no topic has the id");
  }

  @Test
  void groups_are_described_by_their_coordinators_and_listed_by_all_brokers() throws Exception {
    for (int i = 1; i <= 3; i++) {
      ListedGroup group = new ListedGroup().groupId("group" + i);
      fake.group("group" + i).moveCoordinator(i);
      fake.broker(i)
          .on(ApiKey.LIST_GROUPS)
          .always(Fault.edit(ListGroupsResponse.class, answer -> answer.groups().add(group)));
    }
    DescribeGroupsResponse described =
        get(
            cluster.request(
                new DescribeGroupsRequest().groups(List.of("group3", "group1", "group2"))));
    ListGroupsResponse listed = get(cluster.request(new ListGroupsRequest()));

    assertThat(described.groups())
        .extracting(DescribeGroupsResponse.DescribedGroup::groupId)
        .containsExactly("group3", "group1", "group2");
    assertThat(fake.requests().of(ApiKey.DESCRIBE_GROUPS))
        .extracting(SeenRequest::brokerId)
        .containsExactlyInAnyOrder(1, 2, 3);
    assertThat(listed.groups())
        .extracting(ListedGroup::groupId)
        .containsExactlyInAnyOrder("group1", "group2", "group3");
    assertThat(get(cluster.requestParts(new ListGroupsRequest(), PATIENCE)))
        .extracting(RequestPart::brokerId)
        .containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @EnumSource(
      value = KafkaRelease.class,
      names = {"V0_11_0", "V2_4", "V3_9", "V4_1"},
      mode = EnumSource.Mode.INCLUDE)
  void several_groups_and_keys_are_asked_for_as_each_release_can(KafkaRelease release)
      throws Exception {
    try (FakeCluster old =
            FakeCluster.builder().brokers(2).release(release).topic("orders", 2).start();
        Cluster client = open(old.bootstrapServers())) {
      old.group("a").commit("orders", 0, 7, "");
      old.group("b").commit("orders", 1, 8, "");
      old.group("b").moveCoordinator(2);
      OffsetFetchRequest request = new OffsetFetchRequest();
      for (String group : List.of("a", "b", "a2")) {
        request
            .groups()
            .add(
                new OffsetFetchRequestGroup()
                    .groupId(group)
                    .topics(
                        List.of(
                            new OffsetFetchRequestTopics()
                                .name("orders")
                                .partitionIndexes(List.of(0, 1)))));
      }

      OffsetFetchResponse offsets = get(client.request(request));
      FindCoordinatorResponse found =
          get(client.request(new FindCoordinatorRequest().coordinatorKeys(List.of("b", "a", "b"))));

      assertThat(offsets.groups())
          .extracting(OffsetFetchResponse.OffsetFetchResponseGroup::groupId)
          .containsExactly("a", "b", "a2");
      assertThat(committed(offsets, 0)).containsExactly(7L, -1L);
      assertThat(committed(offsets, 1)).containsExactly(-1L, 8L);
      assertThat(found.coordinators())
          .extracting(FindCoordinatorResponse.Coordinator::key)
          .containsExactly("b", "a", "b");
      assertThat(found.coordinators().get(0).nodeId()).isEqualTo(2);
      assertThat(old.refusals()).isEmpty();
    }
  }

  private static List<Long> committed(OffsetFetchResponse response, int group) {
    return response.groups().get(group).topics().get(0).partitions().stream()
        .map(OffsetFetchResponse.OffsetFetchResponsePartitions::committedOffset)
        .toList();
  }

  @Test
  void configs_of_a_broker_are_that_brokers_business() throws Exception {
    DescribeConfigsRequest request = new DescribeConfigsRequest();
    request
        .resources()
        .add(
            new DescribeConfigsResource()
                .resourceType((byte) 4)
                .resourceName("3")
                .configurationKeys(null));
    request
        .resources()
        .add(
            new DescribeConfigsResource()
                .resourceType((byte) 2)
                .resourceName("orders")
                .configurationKeys(null));

    DescribeConfigsResponse response = get(cluster.request(request));

    assertThat(response.results())
        .extracting(DescribeConfigsResponse.DescribeConfigsResult::resourceName)
        .containsExactly("3", "orders");
    assertThat(response.results()).allMatch(result -> result.errorCode() == 0);
    assertThat(fake.requests().of(ApiKey.DESCRIBE_CONFIGS))
        .filteredOn(
            seen -> seen.body(DescribeConfigsRequest.class).resources().get(0).resourceType() == 4)
        .extracting(SeenRequest::brokerId)
        .containsExactly(3);
  }

  @Test
  void what_makes_no_sense_without_a_broker_needs_one() throws Exception {
    OttlaException refused = failureOf(cluster.request(new ApiVersionsRequest()));

    assertThat(refused).isInstanceOf(RefusedException.class);
    assertThat(refused).hasMessageContaining("Route.broker(id)");
    assertThat(refused.outcome()).isEqualTo(SendOutcome.NOT_SENT);
    ClusterBroker second = get(cluster.broker(2));
    ApiVersionsRequest named =
        new ApiVersionsRequest().clientSoftwareName("test").clientSoftwareVersion("1");
    assertThat(get(second.request(named)).apiKeys()).isNotEmpty();
    assertThat(get(second.versions()).ranges()).containsKey(ApiKey.FETCH);
    assertThat(failureOf(cluster.broker(7))).hasMessageContaining("7; there are 1, 2, 3");
    assertThat(failureOf(cluster.request(new MetadataRequest(), Route.broker(7), PATIENCE)))
        .hasMessageContaining("7; there are 1, 2, 3");
  }

  @Test
  void a_request_without_pieces_is_anybodys() throws Exception {
    assertThat(get(cluster.request(new ListOffsetsRequest().replicaId(-1))).topics()).isEmpty();
  }

  @Test
  void parts_that_failed_have_the_nearest_error_and_the_others_their_answers() throws Exception {
    int refusing = leader(0);
    get(cluster.request(allEnds())); // so that all are connected, whatever else the machine does
    fake.broker(refusing)
        .on(ApiKey.LIST_OFFSETS)
        .always(Fault.error(ErrorCode.TOPIC_AUTHORIZATION_FAILED));
    fake.createTopic("headless", 1);
    fake.partition("headless", 0).loseLeader();
    ListOffsetsRequest request = allEnds();
    request.topics().add(ends(0).topics().get(0).name("headless"));
    Duration time = Duration.ofSeconds(1); // all of which the headless one takes

    ListOffsetsResponse response = get(cluster.request(request, time));
    List<RequestPart<ListOffsetsResponse>> parts = get(cluster.requestParts(request, time));

    for (int i = 0; i < PARTITIONS; i++) {
      ErrorCode expected =
          leader(i) == refusing ? ErrorCode.TOPIC_AUTHORIZATION_FAILED : ErrorCode.NONE;
      assertThat(errors(response).get(i)).isEqualTo(expected.code());
    }
    assertThat(errors(response).get(6)).isEqualTo(ErrorCode.LEADER_NOT_AVAILABLE.code());
    assertThat(parts).hasSize(4).filteredOn(part -> !part.isAnswered()).hasSize(1);
    assertThat(parts)
        .filteredOn(RequestPart::isAnswered)
        .allMatch(part -> part.failure() == null)
        .flatExtracting(part -> offsets(Objects.requireNonNull(part.response())))
        .hasSize(PARTITIONS);
    OttlaException alone =
        failureOf(cluster.request(ends(0).topics(request.topics().subList(1, 2)), time));
    assertThat(alone).isInstanceOf(TimeoutException.class).hasMessageContaining("headless");
  }

  @Test
  @Scenario("G97")
  void requests_and_answers_are_never_changed_or_shared() throws Exception {
    ListOffsetsRequest request = allEnds();
    byte[] before = bytes(request, 7);

    ListOffsetsResponse first = get(cluster.request(request));
    first.topics().get(0).partitions().clear();
    first.topics().clear();
    ListOffsetsResponse second = get(cluster.request(request));
    FindCoordinatorRequest find = new FindCoordinatorRequest().coordinatorKeys(List.of("a", "b"));
    FindCoordinatorResponse found = get(cluster.request(find));
    found.coordinators().clear();

    assertThat(bytes(request, 7)).isEqualTo(before);
    assertThat(offsets(second)).hasSize(PARTITIONS);
    assertThat(find.coordinatorKeys()).containsExactly("a", "b");
    assertThat(find.key()).isEmpty();
    assertThat(get(cluster.request(find)).coordinators()).hasSize(2);
  }

  @Test
  @Scenario("L173")
  void brokers_that_share_host_and_port_stay_apart() throws Exception {
    fake.broker(2).advertise("127.0.0.1", fake.broker(1).port());

    assertThat(get(cluster.request(new DescribeClusterRequest())).clusterId()).isEqualTo("one");
    assertThat(get(get(cluster.broker(1)).request(new MetadataRequest())).brokers()).hasSize(3);
    assertThat(get(get(cluster.broker(2)).request(new MetadataRequest())).brokers()).hasSize(3);

    assertThat(fake.broker(2).connections()).isLessThanOrEqualTo(1);
    assertThat(fake.broker(1).connections()).isGreaterThanOrEqualTo(2);
  }

  private static FetchRequest fetch(String name, @Nullable UUID id) {
    FetchTopic topic = new FetchTopic().topic(name);
    if (id != null) {
      topic.topicId(id);
    }
    for (int i = 0; i < PARTITIONS; i++) {
      topic.partitions().add(new FetchPartition().partition(i).partitionMaxBytes(1 << 20));
    }
    FetchRequest request = new FetchRequest().maxWaitMs(0).maxBytes(1 << 20).replicaId(-1);
    request.topics().add(topic);
    return request;
  }

  private static List<Integer> records(FetchResponse response) {
    return response.responses().stream()
        .flatMap(topic -> topic.partitions().stream())
        .map(partition -> partition.records() == null ? 0 : partition.records().remaining())
        .toList();
  }

  private static byte[] bytes(ApiMessage message, int version) {
    WireWriter out = WireWriter.gathering();
    message.write(out, version);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (ByteBuffer segment : out.segments()) {
      byte[] part = new byte[segment.remaining()];
      segment.duplicate().get(part);
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
