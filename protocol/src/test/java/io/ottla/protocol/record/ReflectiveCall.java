package io.ottla.protocol.record;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A method found by name and arguments, in the first public type that declares it. */
record ReflectiveCall(Method method) {
  private static final Map<Key, ReflectiveCall> FOUND = new ConcurrentHashMap<>();

  private static final Map<Class<?>, Class<?>> BOXES =
      Map.of(
          long.class, Long.class,
          int.class, Integer.class,
          short.class, Short.class,
          byte.class, Byte.class,
          boolean.class, Boolean.class);

  private record Key(Class<?> type, String name, String arguments) {}

  static ReflectiveCall find(Class<?> type, String name, @Nullable Object... arguments) {
    String shape =
        Arrays.toString(
            Arrays.stream(arguments)
                .map(a -> a == null ? "null" : a.getClass().getName())
                .toArray());
    return FOUND.computeIfAbsent(
        new Key(type, name, shape),
        key -> {
          Method method = search(type, name, arguments);
          if (method == null) {
            throw new IllegalStateException(type + " has no " + name + shape);
          }
          return new ReflectiveCall(method);
        });
  }

  @Nullable Object on(@Nullable Object target, @Nullable Object... arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(method + " failed", e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable Method search(
      @Nullable Class<?> type, String name, @Nullable Object... arguments) {
    if (type == null) {
      return null;
    }
    if (Modifier.isPublic(type.getModifiers())) {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals(name)
            && Modifier.isPublic(method.getModifiers())
            && accepts(method.getParameterTypes(), arguments)) {
          return method;
        }
      }
    }
    for (Class<?> parent : type.getInterfaces()) {
      Method method = search(parent, name, arguments);
      if (method != null) {
        return method;
      }
    }
    return search(type.getSuperclass(), name, arguments);
  }

  private static boolean accepts(Class<?>[] parameters, @Nullable Object... arguments) {
    if (parameters.length != arguments.length) {
      return false;
    }
    for (int i = 0; i < parameters.length; i++) {
      Object argument = arguments[i];
      Class<?> parameter = BOXES.getOrDefault(parameters[i], parameters[i]);
      if (argument == null ? parameters[i] == ByteBuffer.class : !parameter.isInstance(argument)) {
        return false;
      }
    }
    return true;
  }
}
