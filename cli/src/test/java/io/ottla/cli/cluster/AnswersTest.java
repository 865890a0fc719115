package io.ottla.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MetadataRequest not sent to a:1: a:1 speaks HTTP: look|a:1 speaks HTTP: look",
        "MetadataRequest not sent to a:1 after 2 s and 3 attempts: it is down|a:1: it is down",
        "the question for its versions not sent to [::1]:1: no connection to [::1]:1|no connection"
            + " to [::1]:1",
        "MetadataRequest v13 to a:1 failed after 2 ms: it hung up; whether it was carried out is"
            + " unknown|a:1: it hung up",
        "topic orders not created: no|topic orders not created: no",
      })
  void the_knock_is_not_spoken_of(String message, String words) {
    assertThat(Answers.words(new RefusedException(message, SendOutcome.NOT_SENT, null)))
        .isEqualTo(words);
  }
}
