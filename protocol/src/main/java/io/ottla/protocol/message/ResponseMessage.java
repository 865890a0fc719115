package io.ottla.protocol.message;

/** A response. */
public interface ResponseMessage extends ApiMessage {}
