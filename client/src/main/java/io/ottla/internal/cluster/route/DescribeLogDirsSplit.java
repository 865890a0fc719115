package io.ottla.internal.cluster.route;

import io.ottla.protocol.message.DescribeLogDirsRequest;
import io.ottla.protocol.message.DescribeLogDirsResponse;
import io.ottla.protocol.message.ErrorCode;
import java.util.List;

/** The directories of each broker, one after another; whose is which, the parts tell. */
final class DescribeLogDirsSplit
    extends AllBrokersSplit<DescribeLogDirsRequest, DescribeLogDirsResponse> {
  @Override
  ErrorCode errorOf(DescribeLogDirsResponse response) {
    return ErrorCode.of(response.errorCode());
  }

  @Override
  public DescribeLogDirsResponse merge(
      DescribeLogDirsRequest whole,
      List<Integer> brokers,
      List<BrokerAnswer<DescribeLogDirsResponse>> answers,
      List<DescribeLogDirsResponse> responses) {
    DescribeLogDirsResponse merged =
        new DescribeLogDirsResponse().errorCode(firstError(answers).code());
    for (DescribeLogDirsResponse response : responses) {
      merged.throttleTimeMs(Math.max(merged.throttleTimeMs(), response.throttleTimeMs()));
      merged.results().addAll(response.results());
    }
    return merged;
  }
}
