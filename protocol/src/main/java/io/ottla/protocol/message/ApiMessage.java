package io.ottla.protocol.message;

/** A whole request or response. */
public interface ApiMessage extends Message {
  /** The API that it belongs to. */
  ApiKey apiKey();
}
