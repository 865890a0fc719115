package io.ottla.protocol.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.protocol.UnsupportedMessageVersionException;
import io.ottla.protocol.WireReader;
import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ApiMessage;
import io.ottla.protocol.message.Message;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** APIs, their numbers and names, their ranges of versions and their headers are Kafka's. */
class ReferenceVersionsTest {
  private static final Set<String> CLIENT_REQUESTS =
      ClientApis.inEither().keySet().stream()
          .filter(name -> name.endsWith("Request"))
          .collect(Collectors.toCollection(TreeSet::new));

  @Test
  void api_keys_are_those_of_all_apis_that_a_client_needs() {
    Set<String> ours =
        Arrays.stream(ApiKey.values())
            .map(key -> key.newRequest().getClass().getSimpleName())
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(ours).isEqualTo(CLIENT_REQUESTS);
    assertThat(ApiKey.find(-1)).isNull();
    assertThat(ApiKey.find(Short.MAX_VALUE)).isNull();
  }

  @TestFactory
  Stream<DynamicTest> headers_names_and_numbers_are_those_of_kafka() {
    return ReferenceJar.BOTH.stream()
        .flatMap(
            jar ->
                ClientApis.in(jar).keySet().stream()
                    .filter(name -> name.endsWith("Request"))
                    .map(
                        name ->
                            DynamicTest.dynamicTest(
                                name + " with " + jar, () -> compareApi(jar, name))));
  }

  @TestFactory
  Stream<DynamicTest> versions_are_those_of_both_releases_together() {
    return ClientApis.inEither().entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(), () -> compareRange(entry.getKey(), entry.getValue())));
  }

  private static void compareApi(ReferenceJar jar, String name) {
    Definition request = ClientApis.definition(jar, name);
    Versions versions = ClientApis.in(jar).getOrDefault(name, Versions.NONE);
    assertThat(versions.isEmpty()).isFalse();
    ApiKey ours = ApiKey.find(request.apiKey());
    Class<?> type = jar.load("common.message.ApiMessageType");
    Object theirs =
        Reflection.callForResult(
            method(type, "fromApiKey", short.class), null, (short) request.apiKey());

    assertThat(ours).isNotNull();
    assertThat((int) ours.id()).isEqualTo(request.apiKey());
    if (Naming.ourMessage(name).equals(name)) {
      assertThat(ours.name()).isEqualTo(((Enum<?>) theirs).name());
    }
    Method requestHeader = method(type, "requestHeaderVersion", short.class);
    Method responseHeader = method(type, "responseHeaderVersion", short.class);
    for (int version : versions.stream().toArray()) {
      assertThat((int) ours.requestHeaderVersion(version))
          .as("request header of version %s", version)
          .isEqualTo((short) Reflection.callForResult(requestHeader, theirs, (short) version));
      assertThat((int) ours.responseHeaderVersion(version))
          .as("response header of version %s", version)
          .isEqualTo((short) Reflection.callForResult(responseHeader, theirs, (short) version));
      assertThat(ours.isFlexible(version))
          .as("version %s is flexible", version)
          .isEqualTo(request.flexible().contains(version));
    }
    ApiMessage message = ours.newRequest();
    assertThat(message.getClass().getSimpleName()).isEqualTo(Naming.ourMessage(name));
    assertThat(message.apiKey()).isSameAs(ours);
    ApiMessage answer = ours.newResponse();
    assertThat(answer.getClass().getSimpleName())
        .isEqualTo(Naming.ourMessage(ClientApis.responseTo(jar, request).name()));
    assertThat(answer.apiKey()).isSameAs(ours);
  }

  private static void compareRange(String name, NavigableSet<Integer> versions) {
    Message message = ours(name);

    assertThat(message.lowestVersion()).isEqualTo(versions.first());
    assertThat(message.highestVersion()).isEqualTo(versions.last());
    assertThat(versions).hasSize(versions.last() - versions.first() + 1);
    if (message instanceof ApiMessage api) {
      assertThat((int) api.apiKey().lowestVersion()).isEqualTo(versions.first());
      assertThat((int) api.apiKey().highestVersion()).isEqualTo(versions.last());
    }
    for (int outside : new int[] {versions.first() - 1, versions.last() + 1}) {
      assertThatThrownBy(() -> message.size(outside))
          .isInstanceOf(UnsupportedMessageVersionException.class);
      assertThatThrownBy(() -> message.write(WireWriter.ofSize(64), outside))
          .isInstanceOf(UnsupportedMessageVersionException.class);
      WireReader in = WireReader.of(ByteBuffer.allocate(64));
      assertThatThrownBy(() -> message.read(in, outside))
          .isInstanceOf(UnsupportedMessageVersionException.class);
    }
  }

  private static Message ours(String name) {
    for (ReferenceJar jar : ReferenceJar.BOTH) {
      for (Map.Entry<String, Definition> entry : jar.definitions().entrySet()) {
        if (Naming.ourMessage(entry.getKey()).equals(name)) {
          return BoundStruct.of(jar, entry.getValue()).newOurs();
        }
      }
    }
    throw new AssertionError("neither release has " + name);
  }

  private static Method method(Class<?> type, String name, Class<?>... parameters) {
    try {
      return type.getMethod(name, parameters);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }
}
