package io.ottla.cli.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderEventsTest {
  @Test
  void the_same_seed_makes_the_same_orders() {
    OrderEvents one = new OrderEvents(42);
    OrderEvents same = new OrderEvents(42);
    OrderEvents other = new OrderEvents(43);

    for (int i = 0; i < 1_000; i++) {
      byte[] event = one.next();
      assertThat(same.next()).isEqualTo(event);
      assertThat(other.next()).isNotEqualTo(event);
      assertThat(same.customer()).isEqualTo(one.customer());
    }
  }

  @Test
  void an_order_is_a_line_of_json_with_its_customer() {
    OrderEvents events = new OrderEvents(1);

    IntStream.range(0, 1_000)
        .forEach(
            i ->
                assertThat(new String(events.next(), US_ASCII))
                    .matches(
                        "\\{\"order\":"
                            + i
                            + ",\"customer\":\"c\\d{4}\",\"product\":\"[a-z]+\","
                            + "\"quantity\":[1-9],\"price\":\\d{1,3}\\.\\d\\d,\"time\":\\d{13}}")
                    .contains(new String(Keys.bytes(events.customer()), US_ASCII)));
  }
}
