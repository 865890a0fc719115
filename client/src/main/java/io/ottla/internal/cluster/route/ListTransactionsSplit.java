package io.ottla.internal.cluster.route;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ListTransactionsRequest;
import io.ottla.protocol.message.ListTransactionsResponse;
import io.ottla.protocol.message.ListTransactionsResponse.TransactionState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The transactions that each broker coordinates; one that was moving meanwhile is listed once. */
final class ListTransactionsSplit
    extends AllBrokersSplit<ListTransactionsRequest, ListTransactionsResponse> {
  @Override
  ErrorCode errorOf(ListTransactionsResponse response) {
    return ErrorCode.of(response.errorCode());
  }

  @Override
  public ListTransactionsResponse merge(
      ListTransactionsRequest whole,
      List<Integer> brokers,
      List<BrokerAnswer<ListTransactionsResponse>> answers,
      List<ListTransactionsResponse> responses) {
    Map<String, TransactionState> found = new LinkedHashMap<>();
    Set<String> unknownFilters = new LinkedHashSet<>();
    ListTransactionsResponse merged =
        new ListTransactionsResponse().errorCode(firstError(answers).code());
    for (ListTransactionsResponse response : responses) {
      merged.throttleTimeMs(Math.max(merged.throttleTimeMs(), response.throttleTimeMs()));
      unknownFilters.addAll(response.unknownStateFilters());
      response.transactionStates().forEach(one -> found.putIfAbsent(one.transactionalId(), one));
    }
    return merged
        .unknownStateFilters(new ArrayList<>(unknownFilters))
        .transactionStates(new ArrayList<>(found.values()));
  }
}
