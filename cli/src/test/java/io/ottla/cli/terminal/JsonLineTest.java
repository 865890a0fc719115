package io.ottla.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonLineTest {
  @Test
  void a_line_is_one_json_object() {
    assertThat(
            new JsonLine("thing")
                .text("name", "a\"b\\c\n\u0001é")
                .text("none", null)
                .number("n", -1)
                .numbers("ids", List.of(1, 2))
                .bool("is", true)
                .end())
        .isEqualTo(
            "{\"type\":\"thing\",\"name\":\"a\\\"b\\\\c\\n\\u0001é\",\"none\":null,\"n\":-1,"
                + "\"ids\":[1,2],\"is\":true}");
  }
}
