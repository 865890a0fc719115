/** A real Kafka for tests, and the JUnit extension around it. */
module io.ottla.testkit {
  requires transitive io.ottla.protocol;
  requires static org.jspecify;
  requires static org.junit.jupiter.api;

  exports io.ottla.testkit;
  exports io.ottla.testkit.scenario;
}
