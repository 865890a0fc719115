package io.ottla.testkit.internal.group;

import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;

/** A client with one connection to a coordinator, fake or real. */
interface Peer {
  /** Sends a request; the next one only when this is answered. */
  <Q extends RequestMessage<R>, R extends ResponseMessage> Reply<R> send(Q request, int version);
}
