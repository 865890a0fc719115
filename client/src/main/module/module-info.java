/** The client library for Apache Kafka. */
module io.ottla.client {
  requires io.netty.buffer;
  requires io.netty.common;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires transitive io.ottla.protocol;
  requires org.slf4j;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;

  exports io.ottla;
  exports io.ottla.consumer;
  exports io.ottla.error;
  exports io.ottla.producer;
}
