package io.ottla.protocol.reference;

import io.ottla.protocol.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Messages of every API and version to be damaged: a full one first, then random ones, with the
 * bytes that they make.
 */
final class Specimens {
  private Specimens() {}

  /**
   * One message and what it looks like on the wire.
   *
   * @param jar the release whose definition it follows
   * @param name the message's name in that release
   * @param root its fields
   * @param version its version
   * @param index 0 for the full one
   * @param bytes as we write it, which is as Kafka does
   * @param seed where it came from, for failures
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Specimen(
      ReferenceJar jar,
      String name,
      BoundStruct root,
      int version,
      int index,
      byte[] bytes,
      Seed seed) {
    /** All versions that the release has of it. */
    Versions versions() {
      return ClientApis.andHeaders(jar).getOrDefault(name, Versions.NONE);
    }

    Message newMessage() {
      return root.newOurs();
    }

    @Override
    public String toString() {
      return root + " of " + jar + " version " + version + ", message " + index + ", " + seed;
    }
  }

  /** One test per message type and release; each gets so many specimens of every version. */
  static Stream<DynamicTest> tests(Seed seed, int perVersion, Consumer<Specimen> test) {
    List<Filling> fillings = new ArrayList<>(List.of(Filling.FULL));
    while (fillings.size() < perVersion) {
      fillings.add(Filling.RANDOM);
    }
    return tests(seed, fillings, test);
  }

  /** One test per message type and release; each gets a specimen of every version and filling. */
  static Stream<DynamicTest> tests(Seed seed, List<Filling> fillings, Consumer<Specimen> test) {
    return ReferenceJar.BOTH.stream()
        .flatMap(
            jar ->
                ClientApis.andHeaders(jar).keySet().stream()
                    .map(
                        name ->
                            DynamicTest.dynamicTest(
                                name + " of " + jar,
                                () -> of(jar, name, seed, fillings).forEach(test))));
  }

  private static List<Specimen> of(
      ReferenceJar jar, String name, Seed seed, List<Filling> fillings) {
    Definition definition = ClientApis.definition(jar, name);
    BoundStruct root = BoundStruct.of(jar, definition);
    List<Specimen> specimens = new ArrayList<>();
    for (int version :
        ClientApis.andHeaders(jar).getOrDefault(name, Versions.NONE).stream().toArray()) {
      for (int i = 0; i < fillings.size(); i++) {
        Random random = seed.random("specimen", jar, name, version, i);
        boolean isFlexible = definition.flexible().contains(version);
        Message message =
            new MessageFiller(random, version, isFlexible).fill(root, fillings.get(i));
        byte[] bytes = OurCodec.write(message, version);
        specimens.add(new Specimen(jar, name, root, version, i, bytes, seed));
      }
    }
    return specimens;
  }
}
