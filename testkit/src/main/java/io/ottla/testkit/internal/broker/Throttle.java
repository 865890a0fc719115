package io.ottla.testkit.internal.broker;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.testkit.internal.loop.Timers;
import io.ottla.testkit.internal.wire.Connection;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a broker slows down its clients: the answer says for how long, is sent at once, and for that
 * long the connection takes no more requests (KIP-219).
 *
 * <p>Thread: the cluster's loop. Units: milliseconds of the cluster's time.
 */
public final class Throttle {
  private final Timers timers;
  private final Map<ApiKey, Integer> millisByApi = new EnumMap<>(ApiKey.class);

  Throttle(Timers timers) {
    this.timers = timers;
  }

  /** From now on all answers of an API throttle for so long; 0: no more. */
  public void set(ApiKey api, int millis) {
    millisByApi.put(api, millis);
  }

  /** For how long the answers of an API throttle; 0: not at all. */
  int millis(ApiKey api) {
    return millisByApi.getOrDefault(api, 0);
  }

  /** Writes into an answer that is about to be sent for how long it throttles. */
  void mark(ResponseMessage response) {
    int millis = millis(response);
    if (millis > 0) {
      write(response, millis);
    }
  }

  /** Keeps the connection of an answer that was sent quiet for as long as the answer says. */
  void keepQuiet(ResponseMessage response, Connection connection) {
    int millis = millis(response);
    if (millis > 0) {
      connection.mute();
      timers.schedule(millis, connection::unmute);
    }
  }

  private int millis(ResponseMessage response) {
    return millis(response.apiKey());
  }

  private static void write(ResponseMessage response, int millis) {
    MethodHandle setter = setter(response);
    if (setter == null) {
      return; // This API's answers have no place for it; the connection is kept quiet all the same.
    }
    try {
      setter.invoke(response, millis);
    } catch (Throwable notOurs) {
      throw new IllegalStateException(notOurs);
    }
  }

  /** Most answers have the field, and nothing but its name in common. */
  private static @Nullable MethodHandle setter(ResponseMessage response) {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(
              response.getClass(),
              "throttleTimeMs",
              MethodType.methodType(response.getClass(), int.class));
    } catch (NoSuchMethodException | IllegalAccessException without) {
      return null;
    }
  }
}
