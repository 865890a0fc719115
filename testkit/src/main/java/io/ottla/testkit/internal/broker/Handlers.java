package io.ottla.testkit.internal.broker;

import io.ottla.protocol.message.AlterConfigsRequest;
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
import io.ottla.protocol.message.ElectLeadersRequest;
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
import io.ottla.protocol.message.SaslAuthenticateRequest;
import io.ottla.protocol.message.SaslHandshakeRequest;
import io.ottla.protocol.message.SyncGroupRequest;
import io.ottla.testkit.internal.admin.Administration;
import io.ottla.testkit.internal.group.GroupCoordinator;
import io.ottla.testkit.internal.group.consumer.ConsumerGroups;
import io.ottla.testkit.internal.produce.LogRequests;
import java.util.Objects;

/** All that a fake broker can do. */
final class Handlers {
  private Handlers() {}

  static HandlerTable of(Cluster cluster, ServerConfig config) {
    HandlerTable table = new HandlerTable();
    addBasics(table, cluster, config);
    table
        .add(new SaslHandshakeRequest(), cluster.gate()::handshake)
        .add(new SaslAuthenticateRequest(), cluster.gate()::authenticate);
    addAdministration(table, new Administration(cluster.topics(), cluster, config.values()));
    addRecords(table, new LogRequests(cluster.loop(), cluster.topics(), cluster));
    table.add(new FetchRequest(), cluster.fetch());
    addGroups(table, cluster.groups());
    return table;
  }

  private static void addRecords(HandlerTable table, LogRequests logs) {
    table
        .add(new ProduceRequest(), logs.produce())
        .add(new InitProducerIdRequest(), logs.initProducerId())
        .add(new DescribeProducersRequest(), logs.describeProducers())
        .add(new DeleteRecordsRequest(), logs.deleteRecords())
        .add(new ListOffsetsRequest(), logs.listOffsets())
        .add(new OffsetForLeaderEpochRequest(), logs.offsetForLeaderEpoch());
  }

  private static void addAdministration(HandlerTable table, Administration admin) {
    table
        .add(new CreateTopicsRequest(), admin.createTopics())
        .add(new DeleteTopicsRequest(), admin.deleteTopics())
        .add(new CreatePartitionsRequest(), admin.createPartitions())
        .add(new DescribeTopicPartitionsRequest(), admin.describeTopicPartitions())
        .add(new DescribeConfigsRequest(), admin.describeConfigs())
        .add(new AlterConfigsRequest(), admin.alterConfigs())
        .add(new IncrementalAlterConfigsRequest(), admin.incrementalAlterConfigs())
        .add(new DescribeClusterRequest(), admin.describeCluster())
        .add(new ElectLeadersRequest(), admin.electLeaders());
  }

  private static void addGroups(HandlerTable table, GroupCoordinator groups) {
    ConsumerGroups consumerGroups = new ConsumerGroups(groups);
    table
        .add(new ConsumerGroupHeartbeatRequest(), consumerGroups::heartbeat)
        .add(new ConsumerGroupDescribeRequest(), consumerGroups::describe)
        .add(new FindCoordinatorRequest(), groups.findCoordinator())
        .add(new JoinGroupRequest(), groups.joinGroup())
        .add(new SyncGroupRequest(), groups.syncGroup())
        .add(new HeartbeatRequest(), groups.heartbeat())
        .add(new LeaveGroupRequest(), groups.leaveGroup())
        .add(new OffsetCommitRequest(), groups.offsetCommit())
        .add(new OffsetFetchRequest(), groups.offsetFetch())
        .add(new OffsetDeleteRequest(), groups.offsetDelete())
        .add(new DescribeGroupsRequest(), groups.describeGroups())
        .add(new ListGroupsRequest(), groups.listGroups())
        .add(new DeleteGroupsRequest(), groups.deleteGroups());
  }

  private static void addBasics(HandlerTable table, Cluster cluster, ServerConfig config) {
    AutoCreation autoCreation = new AutoCreation(cluster.loop(), cluster.topics(), cluster, config);
    table
        .add(
            new ApiVersionsRequest(),
            new ApiVersionsHandler(
                id -> Objects.requireNonNull(cluster.broker(id), "broker").versions()))
        .add(
            new MetadataRequest(),
            new MetadataHandler(cluster.topics(), cluster, autoCreation, cluster.hidesTopicIds()));
  }
}
