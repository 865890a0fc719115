package io.ottla.protocol.message;

/** A response. */
public interface ResponseMessage extends ApiMessage {
  /**
   * For how long the broker wants nothing more from this client, in milliseconds (quotas, KIP-219);
   * 0 in responses and versions that do not say it. Generated responses that do replace this.
   */
  default int throttleTimeMs() {
    return 0;
  }
}
