/** The client library for Apache Kafka. */
module io.ottla.client {
  requires HdrHistogram;
  requires com.fasterxml.jackson.core;
  requires io.netty.buffer;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.handler.proxy;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires transitive io.ottla.protocol;
  requires java.security.jgss;
  requires java.net.http;
  requires org.slf4j;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;

  exports io.ottla;
  exports io.ottla.admin;
  exports io.ottla.config;
  exports io.ottla.consumer;
  exports io.ottla.error;
  exports io.ottla.producer;
  exports io.ottla.security;
  exports io.ottla.serde;
  exports io.ottla.stats;
}
