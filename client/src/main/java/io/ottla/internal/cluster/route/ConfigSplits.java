package io.ottla.internal.cluster.route;

import io.ottla.protocol.message.AlterConfigsRequest;
import io.ottla.protocol.message.AlterConfigsResponse;
import io.ottla.protocol.message.DescribeConfigsRequest;
import io.ottla.protocol.message.DescribeConfigsRequest.DescribeConfigsResource;
import io.ottla.protocol.message.DescribeConfigsResponse;
import io.ottla.protocol.message.DescribeConfigsResponse.DescribeConfigsResult;
import io.ottla.protocol.message.IncrementalAlterConfigsRequest;
import io.ottla.protocol.message.IncrementalAlterConfigsResponse;

/**
 * Configs: those of a broker are that broker's business, all others anybody's. Any broker passes a
 * change on to the controller.
 */
final class ConfigSplits {
  private static final int BROKER = 4;
  private static final int BROKER_LOGGER = 8;

  private record Resource(byte type, String name) {}

  private ConfigSplits() {}

  private static Target target(byte type, String name) {
    boolean isOfBroker = type == BROKER || type == BROKER_LOGGER;
    try {
      return isOfBroker && !name.isEmpty()
          ? new Target.Given(Integer.parseInt(name))
          : Target.Anybody.INSTANCE;
    } catch (NumberFormatException noId) {
      return Target.Anybody.INSTANCE; // it will say what it thinks of it
    }
  }

  static Split<?, ?, ?, ?> describe() {
    return new KeyedSplit<>(
        new KeyedSplit.Asking<DescribeConfigsRequest, DescribeConfigsResource>(
            DescribeConfigsRequest::resources,
            item -> new Resource(item.resourceType(), item.resourceName()),
            item -> target(item.resourceType(), item.resourceName()),
            (whole, items) ->
                new DescribeConfigsRequest()
                    .includeSynonyms(whole.includeSynonyms())
                    .includeDocumentation(whole.includeDocumentation())
                    .resources(items)),
        new KeyedSplit.Answering<
            DescribeConfigsResponse, DescribeConfigsResource, DescribeConfigsResult>(
            DescribeConfigsResponse::results,
            answer -> new Resource(answer.resourceType(), answer.resourceName()),
            DescribeConfigsResult::errorCode,
            (item, error, why) ->
                new DescribeConfigsResult()
                    .resourceType(item.resourceType())
                    .resourceName(item.resourceName())
                    .errorCode(error.code())
                    .errorMessage(why),
            (answers, throttleMs) ->
                new DescribeConfigsResponse().results(answers).throttleTimeMs(throttleMs),
            DescribeConfigsResponse::throttleTimeMs));
  }

  static Split<?, ?, ?, ?> alter() {
    return new KeyedSplit<>(
        new KeyedSplit.Asking<AlterConfigsRequest, AlterConfigsRequest.AlterConfigsResource>(
            AlterConfigsRequest::resources,
            item -> new Resource(item.resourceType(), item.resourceName()),
            item -> target(item.resourceType(), item.resourceName()),
            (whole, items) ->
                new AlterConfigsRequest().validateOnly(whole.validateOnly()).resources(items)),
        new KeyedSplit.Answering<
            AlterConfigsResponse,
            AlterConfigsRequest.AlterConfigsResource,
            AlterConfigsResponse.AlterConfigsResourceResponse>(
            AlterConfigsResponse::responses,
            answer -> new Resource(answer.resourceType(), answer.resourceName()),
            AlterConfigsResponse.AlterConfigsResourceResponse::errorCode,
            (item, error, why) ->
                new AlterConfigsResponse.AlterConfigsResourceResponse()
                    .resourceType(item.resourceType())
                    .resourceName(item.resourceName())
                    .errorCode(error.code())
                    .errorMessage(why),
            (answers, throttleMs) ->
                new AlterConfigsResponse().responses(answers).throttleTimeMs(throttleMs),
            AlterConfigsResponse::throttleTimeMs));
  }

  static Split<?, ?, ?, ?> alterIncrementally() {
    return new KeyedSplit<>(
        new KeyedSplit.Asking<
            IncrementalAlterConfigsRequest, IncrementalAlterConfigsRequest.AlterConfigsResource>(
            IncrementalAlterConfigsRequest::resources,
            item -> new Resource(item.resourceType(), item.resourceName()),
            item -> target(item.resourceType(), item.resourceName()),
            (whole, items) ->
                new IncrementalAlterConfigsRequest()
                    .validateOnly(whole.validateOnly())
                    .resources(items)),
        new KeyedSplit.Answering<
            IncrementalAlterConfigsResponse,
            IncrementalAlterConfigsRequest.AlterConfigsResource,
            IncrementalAlterConfigsResponse.AlterConfigsResourceResponse>(
            IncrementalAlterConfigsResponse::responses,
            answer -> new Resource(answer.resourceType(), answer.resourceName()),
            IncrementalAlterConfigsResponse.AlterConfigsResourceResponse::errorCode,
            (item, error, why) ->
                new IncrementalAlterConfigsResponse.AlterConfigsResourceResponse()
                    .resourceType(item.resourceType())
                    .resourceName(item.resourceName())
                    .errorCode(error.code())
                    .errorMessage(why),
            (answers, throttleMs) ->
                new IncrementalAlterConfigsResponse().responses(answers).throttleTimeMs(throttleMs),
            IncrementalAlterConfigsResponse::throttleTimeMs));
  }
}
