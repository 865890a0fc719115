package io.ottla.testkit.internal.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.protocol.message.ApiKey;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReleaseVersionsTest {
  @Test
  void the_table_has_a_line_for_each_api_and_no_version_that_we_cannot_speak() {
    assertThat(History.parse(ApiTable.TEXT).names())
        .containsExactlyElementsOf(Arrays.stream(ApiKey.values()).map(Enum::name).toList());
    for (String release : new String[] {"0.8.2", "1.0", "2.8", "3.9", "4.0", "4.3"}) {
      for (ApiKey api : ApiKey.values()) {
        VersionRange range = ReleaseVersions.of(release).offered(api);
        if (range != null) {
          assertThat(range.lowest()).as("%s", api).isGreaterThanOrEqualTo(api.lowestVersion());
          assertThat(range.highest()).as("%s", api).isLessThanOrEqualTo(api.highestVersion());
        }
      }
    }
  }

  @Test
  void a_release_has_what_the_last_change_before_it_says() {
    History history = History.parse("A 0.9.0:x 0.10.2:y 2.0:none 3.1:z\nB");

    assertThat(history.at("A", new ReleaseNumber("0.8.2"))).isEmpty();
    assertThat(history.at("A", new ReleaseNumber("0.10.1"))).hasValue("x");
    assertThat(history.at("A", new ReleaseNumber("1.1"))).hasValue("y");
    assertThat(history.at("A", new ReleaseNumber("2.8"))).isEmpty();
    assertThat(history.at("A", new ReleaseNumber("4.3"))).hasValue("z");
    assertThat(history.at("B", new ReleaseNumber("4.3"))).isEqualTo(Optional.empty());
  }

  @Test
  void a_table_out_of_order_or_with_a_name_twice_is_refused() {
    assertThatThrownBy(() -> History.parse("A 0.10.0:x 0.9.0:y"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> History.parse("A 1.0:x\nA 1.1:y"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void old_versions_of_produce_are_offered_since_4_0_but_not_served() {
    ReleaseVersions before = ReleaseVersions.of("3.9");
    ReleaseVersions since = ReleaseVersions.of("4.0");

    assertThat(before.serves(ApiKey.PRODUCE, 0)).isTrue();
    assertThat(since.offered(ApiKey.PRODUCE)).isEqualTo(new VersionRange((short) 0, (short) 12));
    assertThat(since.serves(ApiKey.PRODUCE, 2)).isFalse();
    assertThat(since.serves(ApiKey.PRODUCE, 3)).isTrue();
    assertThat(since.serves(ApiKey.PRODUCE, 13)).isFalse();
    assertThat(since.serves(ApiKey.METADATA, 0)).isTrue();
  }
}
