package io.ottla.protocol.reference;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The same proof with many more messages, and with other ones in every run. */
@Tag("long")
class ReferenceLongTest {
  private static final int MESSAGES = Integer.getInteger("ottla.reference.messages", 1_000);
  private static final Path REPORT = Path.of("target", "reports", "reference-long.md");

  private final Seed seed = Seed.fresh();

  @TestFactory
  List<DynamicTest> every_version_is_the_same_on_both_sides() {
    return ReferenceBytesTest.tests(seed, MESSAGES, REPORT);
  }

  @TestFactory
  Stream<DynamicTest> any_missing_byte_is_noticed() {
    return TruncationTest.truncated(seed, Math.max(1, MESSAGES / 10));
  }

  @TestFactory
  Stream<DynamicTest> damaged_messages_are_messages_or_malformed() {
    return new CorruptionTest().damaged(seed, Math.max(1, MESSAGES / 10));
  }

  @TestFactory
  Stream<DynamicTest> damaged_messages_mean_the_same_to_both() {
    return ReferenceReadsTest.damaged(seed, Math.max(1, MESSAGES / 10));
  }
}
