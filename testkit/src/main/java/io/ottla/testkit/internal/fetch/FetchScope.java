package io.ottla.testkit.internal.fetch;

import io.ottla.protocol.message.FetchResponse;
import java.util.List;

/**
 * Which partitions a request is about, and what of the outcome its answer must tell.
 *
 * <p>Thread: the cluster's loop.
 */
interface FetchScope {
  /** The partitions to read, in this order. */
  List<AskedPartition> partitions();

  /** The answer. What it tells counts as told from now on. */
  FetchResponse answer(List<AnsweredPartition> answered);

  /** The answer to somebody who is slowed down: nothing is told. */
  FetchResponse answerNothing();
}
