package io.ottla.testkit.internal.produce;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.InitProducerIdRequest;
import io.ottla.protocol.message.InitProducerIdResponse;
import io.ottla.testkit.internal.wire.Exchange;
import io.ottla.testkit.internal.wire.Handler;

/**
 * Gives ids to idempotent producers, each once in the cluster. One that names the id that it has
 * (KIP-360) gets a new one, as from Kafka: only transactional producers keep theirs.
 */
final class InitProducerIdHandler
    implements Handler<InitProducerIdRequest, InitProducerIdResponse> {
  private static final long NONE = -1;

  private long nextId;

  @Override
  public void handle(Exchange<InitProducerIdRequest, InitProducerIdResponse> exchange) {
    InitProducerIdRequest request = exchange.request();
    String transactionalId = request.transactionalId();
    if ((request.producerId() == NONE) != (request.producerEpoch() == NONE)
        || (transactionalId != null && transactionalId.isEmpty())) {
      exchange.answer(
          new InitProducerIdResponse()
              .errorCode(ErrorCode.INVALID_REQUEST.code())
              .producerId(NONE)
              .producerEpoch((short) NONE));
    } else if (transactionalId != null) {
      exchange.refuse("transactions, which " + transactionalId + " asks for");
    } else {
      exchange.answer(new InitProducerIdResponse().producerId(nextId++).producerEpoch((short) 0));
    }
  }
}
