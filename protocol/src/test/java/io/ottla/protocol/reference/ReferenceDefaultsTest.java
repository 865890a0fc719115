package io.ottla.protocol.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.Message;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A message in which nothing was set is Kafka's such message, and has no other fields. */
class ReferenceDefaultsTest {
  @TestFactory
  Stream<DynamicTest> fresh_messages_have_the_same_defaults() {
    return ReferenceJar.BOTH.stream()
        .flatMap(
            jar ->
                ClientApis.andHeaders(jar).keySet().stream()
                    .map(
                        name ->
                            DynamicTest.dynamicTest(
                                name + " with " + jar, () -> compareDefaults(jar, name))));
  }

  @TestFactory
  Stream<DynamicTest> ours_have_the_fields_of_both_releases_and_no_others() {
    Map<Class<?>, Set<String>> fields = new HashMap<>();
    Map<String, Class<?>> structs = new TreeMap<>();
    for (ReferenceJar jar : ReferenceJar.BOTH) {
      for (String name : ClientApis.andHeaders(jar).keySet()) {
        Definition definition = ClientApis.definition(jar, name);
        for (BoundStruct struct : structs(BoundStruct.of(jar, definition)).values()) {
          structs.put(struct.ourClass().getName(), struct.ourClass());
          Set<String> known = fields.computeIfAbsent(struct.ourClass(), type -> new TreeSet<>());
          struct.fields().forEach(field -> known.add(field.ourSetter().getName()));
        }
      }
    }
    return structs.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () ->
                        assertThat(setters(entry.getValue()))
                            .isEqualTo(fields.get(entry.getValue()))));
  }

  private static void compareDefaults(ReferenceJar jar, String name) {
    Translation translation = new Translation(jar.codec());
    BoundStruct root = BoundStruct.of(jar, ClientApis.definition(jar, name));
    for (BoundStruct struct : structs(root).values()) {
      Message ours = struct.newOurs();
      assertThat(translation.differences(struct, ours, struct.newTheirs()))
          .as("defaults of %s", struct)
          .isEmpty();
      assertThat(ours.unknownTaggedFields()).isEmpty();
    }
  }

  /** The message and all structs in it, each once. */
  private static Map<String, BoundStruct> structs(BoundStruct root) {
    Map<String, BoundStruct> found = new LinkedHashMap<>();
    collect(root, found);
    return found;
  }

  private static void collect(BoundStruct struct, Map<String, BoundStruct> into) {
    into.put(struct.name(), struct);
    for (BoundField field : struct.fields()) {
      if (field.struct() != null) {
        collect(field.struct(), into);
      }
    }
  }

  /** Methods that take one value and return the message itself. */
  private static Set<String> setters(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.getParameterCount() == 1 && method.getReturnType() == type)
        .map(method -> method.getName())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
