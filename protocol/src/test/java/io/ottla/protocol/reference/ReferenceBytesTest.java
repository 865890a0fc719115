package io.ottla.protocol.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What we write is what Kafka writes, and each reads what the other wrote: every request and
 * response that a client needs, in every version of both releases.
 */
class ReferenceBytesTest {
  /** Random messages per version, besides the systematic ones. */
  private static final int RANDOM_MESSAGES = Integer.getInteger("ottla.reference.messages", 20);

  private static final Path REPORT = Path.of("target", "reports", "reference.md");

  @TestFactory
  List<DynamicTest> every_version_is_the_same_on_both_sides() {
    return tests(Seed.fixed(), RANDOM_MESSAGES, REPORT);
  }

  /** The versions that no release has stable; all others from 0 on are compared. */
  @Test
  void only_early_access_versions_are_in_neither_release() {
    assertThat(ClientApis.versionsOfNobody())
        .containsExactly(
            "ShareAcknowledgeRequest 0",
            "ShareAcknowledgeResponse 0",
            "ShareFetchRequest 0",
            "ShareFetchResponse 0",
            "ShareGroupDescribeRequest 0",
            "ShareGroupDescribeResponse 0",
            "ShareGroupHeartbeatRequest 0",
            "ShareGroupHeartbeatResponse 0");
  }

  @Test
  void both_releases_were_found() {
    assertThat(ClientApis.in(ReferenceJar.CURRENT)).hasSize(2 * 77);
    assertThat(ClientApis.in(ReferenceJar.LEGACY)).hasSizeGreaterThan(2 * 60);
  }

  /** One test per message and release; after them, one for what none of them compared. */
  static List<DynamicTest> tests(Seed seed, int randomMessages, Path reportFile) {
    ComparisonReport report = new ComparisonReport();
    List<DynamicTest> tests = new ArrayList<>();
    for (ReferenceJar jar : ReferenceJar.BOTH) {
      ClientApis.andHeaders(jar)
          .forEach(
              (name, versions) ->
                  tests.add(
                      DynamicTest.dynamicTest(
                          name + " " + versions + " with " + jar,
                          () -> compare(jar, name, versions, seed, randomMessages, report))));
    }
    tests.add(
        DynamicTest.dynamicTest(
            "nothing that a client needs was left out",
            () -> nothingWasLeftOut(report, reportFile, seed)));
    return tests;
  }

  private static void compare(
      ReferenceJar jar,
      String name,
      Versions versions,
      Seed seed,
      int randomMessages,
      ComparisonReport report) {
    Comparison comparison = new Comparison(jar, name, seed);
    for (int version : versions.stream().toArray()) {
      int messages = comparison.compare(version, randomMessages);
      report.add(Naming.ourMessage(name), jar, version, messages);
    }
  }

  private static void nothingWasLeftOut(ComparisonReport report, Path file, Seed seed)
      throws IOException {
    report.write(file, seed);
    assertThat(report.missing()).as("client-facing messages that were not compared").isEmpty();
  }
}
