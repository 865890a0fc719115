package io.ottla.cli.produce;

import io.ottla.cli.cluster.Answers;
import io.ottla.cli.cluster.Cluster;
import io.ottla.cli.cluster.Patience;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.InitProducerIdRequest;
import io.ottla.protocol.message.InitProducerIdResponse;

/**
 * By what the brokers recognise a batch that they already have, so that sending it again is safe.
 */
record ProducerIdentity(long id, short epoch) {
  /** Gets an identity of its own for one run. */
  static ProducerIdentity obtain(Cluster cluster) throws InterruptedException {
    InitProducerIdRequest request =
        new InitProducerIdRequest().transactionalId(null).transactionTimeoutMs(Integer.MAX_VALUE);
    Patience patience = new Patience(cluster.timeout());
    while (true) {
      InitProducerIdResponse response = Answers.await(cluster.admin().cluster().request(request));
      ErrorCode error = ErrorCode.of(response.errorCode());
      if (error == ErrorCode.NONE) {
        return new ProducerIdentity(response.producerId(), response.producerEpoch());
      }
      if (!error.isRetriable() || patience.isExhausted()) {
        throw Answers.refusal("no producer id", error, null);
      }
      patience.pause();
    }
  }
}
