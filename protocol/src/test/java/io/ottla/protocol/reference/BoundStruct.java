package io.ottla.protocol.reference;

import io.ottla.protocol.message.Message;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A message, or a struct in one, on both sides: our class and Kafka's, and every field of the
 * definition on each. A field without a partner is an error here, before anything is compared.
 */
final class BoundStruct {
  private static final String OURS = "io.ottla.protocol.message.";

  /** Kafka keeps the links of its hash collections in the elements. */
  private static final Set<String> NO_FIELDS = Set.of("setNext", "setPrev");

  private final StructDefinition definition;
  private final Class<? extends Message> ourClass;
  private final Class<?> theirClass;
  private final List<BoundField> fields;
  private final Message freshOurs;

  private BoundStruct(
      StructDefinition definition,
      Class<? extends Message> ourClass,
      Class<?> theirClass,
      List<BoundField> fields) {
    this.definition = definition;
    this.ourClass = ourClass;
    this.theirClass = theirClass;
    this.fields = fields;
    freshOurs = newOurs();
  }

  /** Binds all of a message. */
  static BoundStruct of(ReferenceJar jar, Definition definition) {
    return new Binder(jar, definition).bind(definition.root());
  }

  List<BoundField> fields() {
    return fields;
  }

  String name() {
    return definition.name();
  }

  Message newOurs() {
    return (Message) Reflection.create(ourClass);
  }

  Object newTheirs() {
    return Reflection.create(theirClass);
  }

  /** An instance of ours with nothing set; nobody may set anything in it. */
  Message freshOurs() {
    return freshOurs;
  }

  Class<? extends Message> ourClass() {
    return ourClass;
  }

  /** How many structs lie in each other, this one included. */
  int depth() {
    int below = 0;
    for (BoundField field : fields) {
      if (field.struct() != null) {
        below = Math.max(below, field.struct().depth());
      }
    }
    return 1 + below;
  }

  @Override
  public String toString() {
    return ourClass.getSimpleName();
  }

  private static final class Binder {
    private final ReferenceJar jar;
    private final String message;
    private final String theirRoot;
    private final Versions stable;
    private final Map<String, BoundStruct> bound = new HashMap<>();

    private Binder(ReferenceJar jar, Definition definition) {
      this.jar = jar;
      this.stable = ClientApis.andHeaders(jar).getOrDefault(definition.name(), Versions.NONE);
      this.message = definition.name();
      this.theirRoot =
          "common.message." + message + (definition.type().equals("data") ? "" : "Data");
    }

    private BoundStruct bind(StructDefinition struct) {
      BoundStruct known = bound.get(struct.name());
      if (known != null) {
        return known;
      }
      boolean isRoot = struct.name().equals(message);
      Class<? extends Message> ours =
          ourClass(isRoot ? "" : "$" + Naming.ourStruct(message, struct.name()));
      Class<?> theirs = jar.load(theirRoot + (isRoot ? "" : "$" + struct.name()));
      List<BoundField> fields = new ArrayList<>();
      for (FieldDefinition field : struct.fields()) {
        // What only unstable or dropped versions have is Kafka's alone, and stays at its default.
        if (field.versions().overlaps(stable)) {
          fields.add(bind(field, ours, theirs));
        }
      }
      everySetterIsAField(theirs, struct);
      BoundStruct result = new BoundStruct(struct, ours, theirs, List.copyOf(fields));
      bound.put(struct.name(), result);
      return result;
    }

    private BoundField bind(FieldDefinition field, Class<?> ours, Class<?> theirs) {
      BoundStruct struct = field.struct() == null ? null : bind(field.struct());
      Class<?> ourType = field.kind().ours();
      if (field.isArray()) {
        ourType = List.class;
      } else if (struct != null) {
        ourType = struct.ourClass();
      }
      String ourName = Naming.ourField(message, field.name());
      String theirName = "set" + Naming.withUpperFirst(field.name());
      try {
        Method ourGetter = ours.getMethod(ourName);
        if (ourGetter.getReturnType() != ourType) {
          throw new AssertionError(ourGetter + " should return " + ourType);
        }
        return new BoundField(
            field,
            struct,
            ourGetter,
            ours.getMethod(ourName, ourType),
            theirs.getMethod(Naming.withLowerFirst(field.name())),
            setters(theirs).stream()
                .filter(method -> method.getName().equals(theirName))
                .findFirst()
                .orElseThrow(() -> new NoSuchMethodException(theirs + "." + theirName)));
      } catch (NoSuchMethodException e) {
        throw new AssertionError("field without a partner: " + e.getMessage(), e);
      }
    }

    private Class<? extends Message> ourClass(String suffix) {
      String name = OURS + Naming.ourMessage(message) + suffix;
      try {
        return Class.forName(name).asSubclass(Message.class);
      } catch (ClassNotFoundException e) {
        throw new AssertionError("message without a partner: " + name, e);
      }
    }

    private static void everySetterIsAField(Class<?> theirs, StructDefinition struct) {
      Set<String> named =
          struct.fields().stream()
              .map(field -> "set" + Naming.withUpperFirst(field.name()))
              .collect(Collectors.toCollection(TreeSet::new));
      Set<String> found =
          setters(theirs).stream()
              .map(Method::getName)
              .collect(Collectors.toCollection(TreeSet::new));
      if (!found.equals(named)) {
        throw new AssertionError(
            theirs + " has the setters " + found + ", its definition " + named);
      }
    }

    private static List<Method> setters(Class<?> theirs) {
      return Arrays.stream(theirs.getDeclaredMethods())
          .filter(method -> method.getName().startsWith("set"))
          .filter(method -> method.getParameterCount() == 1)
          .filter(method -> !NO_FIELDS.contains(method.getName()))
          .toList();
    }
  }
}
