package io.ottla.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.RealKafka;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

@RealKafka
class SingleBrokerIT {
  @Test
  void prints_the_three_orders_that_it_wrote(KafkaServer kafka) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    SingleBroker.run(
        "localhost",
        kafka.nodes().get(0).port(),
        "single-broker-example",
        new PrintStream(printed, true, UTF_8));

    assertThat(printed.toString(UTF_8)).isEqualTo("0 o-1 12.50\n1 o-2 7.00\n2 o-3 99.95\n");
  }
}
