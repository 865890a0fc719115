/** What tests and benchmarks stand on: a real Kafka, and proxies that stage faults before it. */
module io.ottla.testkit {
  requires transitive io.ottla.protocol;
  requires java.management;
  requires org.slf4j;
  requires static org.jspecify;
  requires static org.junit.jupiter.api;
  requires static io.netty.pkitesting;

  exports io.ottla.testkit;
  exports io.ottla.testkit.fake;
  exports io.ottla.testkit.bench;
  exports io.ottla.testkit.proxy;
  exports io.ottla.testkit.scenario;
  exports io.ottla.testkit.tls;
}
