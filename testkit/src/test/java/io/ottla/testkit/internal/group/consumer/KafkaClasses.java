package io.ottla.testkit.internal.group.consumer;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Kafka 4.3's own assignors and its regular expressions, out of the server's class path and by
 * reflection, as the reference for ours.
 */
final class KafkaClasses implements AutoCloseable {
  private static final String COORDINATOR = "org.apache.kafka.coordinator.group.";

  private final URLClassLoader loader;

  KafkaClasses() throws IOException {
    String directory =
        Objects.requireNonNull(
            System.getProperty("ottla.kafka.4.3"), "the build sets -Dottla.kafka.4.3");
    try (Stream<Path> jars = Files.list(Path.of(directory))) {
      URL[] urls =
          jars.filter(jar -> jar.toString().endsWith(".jar"))
              .map(KafkaClasses::url)
              .toArray(URL[]::new);
      loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }

  /** What Kafka's assignor makes of the same group. */
  Map<String, Assignment> assign(String assignor, Assignor.Group group)
      throws ReflectiveOperationException {
    Object theirs = create(COORDINATOR + "assignor." + assignor);
    Class<?> describerType = type(COORDINATOR + "api.assignor.SubscribedTopicDescriber");
    Object describer =
        Proxy.newProxyInstance(
            loader,
            new Class<?>[] {describerType},
            (proxy, method, arguments) ->
                method.getName().equals("numPartitions")
                    ? group.partitionCounts().applyAsInt(uuid(arguments[0]))
                    : Set.of());
    Method assign =
        theirs
            .getClass()
            .getMethod("assign", type(COORDINATOR + "api.assignor.GroupSpec"), describerType);
    return ours(assign.invoke(theirs, spec(group), describer), group.members().keySet());
  }

  private Object spec(Assignor.Group group) throws ReflectiveOperationException {
    Map<String, Object> members = new HashMap<>();
    Map<Object, Map<Integer, String>> owners = new HashMap<>();
    for (Map.Entry<String, Assignor.Candidate> member : group.members().entrySet()) {
      Assignor.Candidate candidate = member.getValue();
      Set<Object> topics = new HashSet<>();
      for (UUID id : candidate.topicIds()) {
        topics.add(uuid(id));
      }
      Map<Object, Set<Integer>> previous = new HashMap<>();
      for (var topic : candidate.previous().topics().entrySet()) {
        Object id = uuid(topic.getKey());
        previous.put(id, new LinkedHashSet<>(topic.getValue()));
        for (int partition : topic.getValue()) {
          owners.computeIfAbsent(id, o -> new HashMap<>()).put(partition, member.getKey());
        }
      }
      members.put(
          member.getKey(),
          create(
              COORDINATOR + "modern.MemberSubscriptionAndAssignmentImpl",
              Optional.empty(),
              Optional.ofNullable(candidate.instanceId()),
              topics,
              create(COORDINATOR + "modern.Assignment", previous)));
    }
    Object type =
        type(COORDINATOR + "api.assignor.SubscriptionType")
            .getMethod("valueOf", String.class)
            .invoke(null, group.homogeneous() ? "HOMOGENEOUS" : "HETEROGENEOUS");
    return create(
        COORDINATOR + "modern.GroupSpecImpl",
        Collections.unmodifiableMap(members),
        type,
        owners,
        Optional.empty());
  }

  private Map<String, Assignment> ours(Object theirs, Set<String> memberIds)
      throws ReflectiveOperationException {
    Map<?, ?> members = (Map<?, ?>) theirs.getClass().getMethod("members").invoke(theirs);
    Method partitions = type(COORDINATOR + "api.assignor.MemberAssignment").getMethod("partitions");
    Map<String, Assignment> ours = new HashMap<>();
    for (String id : memberIds) {
      Set<TopicIdPartition> assigned = new HashSet<>();
      Object member = members.get(id);
      if (member != null) {
        for (var topic : ((Map<?, ?>) partitions.invoke(member)).entrySet()) {
          for (Object partition : (Set<?>) topic.getValue()) {
            assigned.add(new TopicIdPartition(uuid(topic.getKey()), (Integer) partition));
          }
        }
      }
      ours.put(id, Assignment.of(assigned));
    }
    return ours;
  }

  /** Whether RE2 reads this expression, and then whether it matches each of these texts. */
  Optional<List<Boolean>> matches(String expression, List<String> texts)
      throws ReflectiveOperationException {
    Method compile = type("com.google.re2j.Pattern").getMethod("compile", String.class);
    Object pattern;
    try {
      pattern = compile.invoke(null, expression);
    } catch (InvocationTargetException e) {
      return Optional.empty();
    }
    Method matches = pattern.getClass().getMethod("matches", String.class);
    List<Boolean> matched = new ArrayList<>();
    for (String text : texts) {
      matched.add((Boolean) matches.invoke(pattern, text));
    }
    return Optional.of(matched);
  }

  private Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(name, true, loader);
  }

  private Object create(String type, Object... arguments) throws ReflectiveOperationException {
    for (Constructor<?> constructor : type(type).getConstructors()) {
      if (constructor.getParameterCount() == arguments.length) {
        return constructor.newInstance(arguments);
      }
    }
    throw new NoSuchMethodException(type);
  }

  private Object uuid(UUID id) throws ReflectiveOperationException {
    return type("org.apache.kafka.common.Uuid")
        .getConstructor(long.class, long.class)
        .newInstance(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  private static UUID uuid(Object theirs) throws ReflectiveOperationException {
    return new UUID(
        (Long) theirs.getClass().getMethod("getMostSignificantBits").invoke(theirs),
        (Long) theirs.getClass().getMethod("getLeastSignificantBits").invoke(theirs));
  }
}
