package io.ottla.testkit.internal.produce;

import io.ottla.protocol.message.DeleteRecordsRequest;
import io.ottla.protocol.message.DeleteRecordsResponse;
import io.ottla.protocol.message.DescribeProducersRequest;
import io.ottla.protocol.message.DescribeProducersResponse;
import io.ottla.protocol.message.InitProducerIdRequest;
import io.ottla.protocol.message.InitProducerIdResponse;
import io.ottla.protocol.message.ListOffsetsRequest;
import io.ottla.protocol.message.ListOffsetsResponse;
import io.ottla.protocol.message.OffsetForLeaderEpochRequest;
import io.ottla.protocol.message.OffsetForLeaderEpochResponse;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.testkit.internal.loop.Timers;
import io.ottla.testkit.internal.topic.BrokerDirectory;
import io.ottla.testkit.internal.topic.Topics;
import io.ottla.testkit.internal.wire.Handler;

/**
 * Who handles the requests that write to logs, or ask where things are in them: one set for all
 * brokers of a cluster.
 *
 * <p>Owns: the producer ids that were given out. Thread: the cluster's loop.
 */
public final class LogRequests {
  private final ProduceHandler produce;
  private final InitProducerIdHandler initProducerId;
  private final DescribeProducersHandler describeProducers;
  private final DeleteRecordsHandler deleteRecords;
  private final ListOffsetsHandler listOffsets;
  private final OffsetForLeaderEpochHandler offsetForLeaderEpoch;

  /**
   * @param timers the cluster's
   * @param topics the cluster's
   * @param brokers for hints who leads
   */
  public LogRequests(Timers timers, Topics topics, BrokerDirectory brokers) {
    produce = new ProduceHandler(timers, topics, brokers);
    initProducerId = new InitProducerIdHandler();
    describeProducers = new DescribeProducersHandler(topics);
    deleteRecords = new DeleteRecordsHandler(topics);
    listOffsets = new ListOffsetsHandler(topics, timers);
    offsetForLeaderEpoch = new OffsetForLeaderEpochHandler(topics);
  }

  /** Appends records. */
  public Handler<ProduceRequest, ProduceResponse> produce() {
    return produce;
  }

  /** Gives ids to idempotent producers. */
  public Handler<InitProducerIdRequest, InitProducerIdResponse> initProducerId() {
    return initProducerId;
  }

  /** Tells what partitions know about producers. */
  public Handler<DescribeProducersRequest, DescribeProducersResponse> describeProducers() {
    return describeProducers;
  }

  /** Moves the start of logs. */
  public Handler<DeleteRecordsRequest, DeleteRecordsResponse> deleteRecords() {
    return deleteRecords;
  }

  /** Finds offsets by time, and the ends of logs. */
  public Handler<ListOffsetsRequest, ListOffsetsResponse> listOffsets() {
    return listOffsets;
  }

  /** Tells where leader epochs end. */
  public Handler<OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse> offsetForLeaderEpoch() {
    return offsetForLeaderEpoch;
  }
}
