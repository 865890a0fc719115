package io.ottla.testkit.internal.admin;

import io.ottla.protocol.message.DescribeClusterRequest;
import io.ottla.protocol.message.DescribeClusterResponse;
import io.ottla.protocol.message.DescribeClusterResponse.DescribeClusterBroker;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.internal.topic.BrokerDirectory;
import io.ottla.testkit.internal.topic.BrokerDirectory.BrokerAddress;
import io.ottla.testkit.internal.wire.Exchange;
import io.ottla.testkit.internal.wire.Handler;

/** Tells the brokers, as Metadata does. */
final class DescribeClusterHandler
    implements Handler<DescribeClusterRequest, DescribeClusterResponse> {
  private static final byte BROKERS = 1;
  private static final byte CONTROLLERS = 2;

  private final BrokerDirectory brokers;

  DescribeClusterHandler(BrokerDirectory brokers) {
    this.brokers = brokers;
  }

  @Override
  public void handle(Exchange<DescribeClusterRequest, DescribeClusterResponse> exchange) {
    DescribeClusterRequest request = exchange.request();
    if (request.endpointType() != BROKERS) {
      ErrorCode error =
          request.endpointType() == CONTROLLERS
              ? ErrorCode.MISMATCHED_ENDPOINT_TYPE
              : ErrorCode.UNSUPPORTED_ENDPOINT_TYPE;
      exchange.answer(
          new DescribeClusterResponse()
              .errorCode(error.code())
              .errorMessage("this is a broker; asked for type " + request.endpointType()));
      return;
    }
    boolean isAllRunning = brokers.registered().stream().allMatch(brokers::isAlive);
    if (request.includeFencedBrokers() && !isAllRunning) {
      exchange.refuse("tell where brokers are that do not run");
      return;
    }
    DescribeClusterResponse response =
        new DescribeClusterResponse()
            .clusterId(brokers.clusterId())
            .controllerId(brokers.controllerId());
    brokers.alive().forEach(broker -> response.brokers().add(describe(broker)));
    if (request.includeClusterAuthorizedOperations()) {
      response.clusterAuthorizedOperations(AllowedOperations.ON_CLUSTER);
    }
    exchange.answer(response);
  }

  private static DescribeClusterBroker describe(BrokerAddress broker) {
    return new DescribeClusterBroker()
        .brokerId(broker.id())
        .host(broker.host())
        .port(broker.port())
        .rack(broker.rack());
  }
}
