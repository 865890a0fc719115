package io.ottla.protocol.reference;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Calls by reflection that throw what the called method throws. */
final class Reflection {
  private Reflection() {}

  static @Nullable Object call(Method method, @Nullable Object target, @Nullable Object... args) {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      if (e.getCause() instanceof Error thrown) {
        throw thrown;
      }
      throw new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  static Object callForResult(Method method, @Nullable Object target, @Nullable Object... args) {
    Object result = call(method, target, args);
    if (result == null) {
      throw new IllegalStateException(method + " returned null");
    }
    return result;
  }

  static Object create(Class<?> type) {
    try {
      return type.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no fresh " + type.getName(), e);
    }
  }
}
