package io.ottla.benchmarks.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void the_short_form_has_fewer_sections_and_each_can_be_chosen() {
    List<Section> all = sections();
    List<Section> brief = sections("--short");
    List<Section> chosen = sections("--short", "--sections", "throughput,idle");

    assertThat(brief).hasSizeLessThan(all.size());
    assertThat(chosen).extracting(Section::id).containsExactly("throughput", "idle");
  }

  @Test
  void what_is_given_goes_before_the_form() {
    Options options = read("--short", "--rounds", "3", "--seconds", "1.5");

    assertThat(options.rounds()).isEqualTo(3);
    assertThat(options.seconds()).isEqualTo(1.5);
    assertThat(sections("--short", "--seconds", "1.5").get(0).arguments().number("seconds"))
        .isEqualTo(1.5);
  }

  @Test
  void what_is_not_known_is_refused_with_what_is() {
    assertThatThrownBy(() -> read("--quick", "1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--quick")
        .hasMessageContaining("--short");
    assertThatThrownBy(() -> read("--rounds")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_run_reads_what_the_report_wrote() {
    ProduceArguments written = ProduceArguments.defaults().with("rate", 10_000).with("topic", "t");

    ProduceArguments read = ProduceArguments.parse(written.toCommand().toArray(String[]::new));

    assertThat(read.number("rate")).isEqualTo(10_000);
    assertThat(read.text("topic")).isEqualTo("t");
    assertThat(read.hasLatencies()).isTrue();
    assertThat(read.text("acks")).isEqualTo("all");
  }

  private static Options read(String... options) {
    return Options.parse(options);
  }

  private static List<Section> sections(String... options) {
    return Sections.of(read(options), ProduceArguments.defaults());
  }
}
