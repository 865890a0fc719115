package io.ottla.protocol.generator;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Reflection whose failures are those of the method that was called. */
public final class Reflect {
  private Reflect() {}

  /** A new object from the public constructor without parameters. */
  public static Object create(Class<?> type) {
    try {
      return type.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /** Calls the public method with this name and number of parameters. */
  public static @Nullable Object call(
      Class<?> type, @Nullable Object target, String name, @Nullable Object... arguments) {
    for (Method method : type.getMethods()) {
      if (method.getName().equals(name)
          && method.getParameterCount() == arguments.length
          && !method.isBridge()) {
        try {
          return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
          if (e.getCause() instanceof RuntimeException cause) {
            throw cause;
          }
          throw new AssertionError(e.getCause());
        } catch (IllegalAccessException e) {
          throw new AssertionError(e);
        }
      }
    }
    throw new AssertionError(type + " has no " + name + " with " + arguments.length);
  }
}
