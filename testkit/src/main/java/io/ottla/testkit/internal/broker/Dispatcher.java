package io.ottla.testkit.internal.broker;

import io.ottla.protocol.ProtocolException;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ApiVersionsResponse;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.internal.wire.Connection;
import io.ottla.testkit.internal.wire.Delivery;
import io.ottla.testkit.internal.wire.Interceptor;
import io.ottla.testkit.internal.wire.RequestExchange;
import io.ottla.testkit.internal.wire.RequestReader;
import java.nio.ByteBuffer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the requests that come to one broker: reads them, lets a test step in, and hands them to
 * whoever handles them. What a broker does not understand ends the connection, as with Kafka.
 *
 * <p>Thread: the cluster's loop.
 */
final class Dispatcher implements Connection.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final int brokerId;
  private final ServedVersions versions;
  private final Throttle throttle;
  private final HandlerTable handlers;
  private final Interceptor interceptor;
  private final Admittance admittance;
  private final Refusals refusals;

  Dispatcher(
      int brokerId,
      ServedVersions versions,
      Throttle throttle,
      HandlerTable handlers,
      Interceptor interceptor,
      Admittance admittance,
      Refusals refusals) {
    this.brokerId = brokerId;
    this.versions = versions;
    this.throttle = throttle;
    this.handlers = handlers;
    this.interceptor = interceptor;
    this.admittance = admittance;
    this.refusals = refusals;
  }

  @Override
  public void onFrame(Connection connection, ByteBuffer frame) {
    try {
      if (!admittance.takesToken(connection, frame)) {
        onRequest(connection, frame);
      }
    } catch (ProtocolException malformed) {
      connection.close("it does not understand: " + malformed.getMessage());
    } catch (RuntimeException | AssertionError defect) {
      refusals.addDefect("a fake broker failed at a request of " + connection, defect);
      connection.close("it failed: " + defect);
    }
  }

  private void onRequest(Connection connection, ByteBuffer frame) {
    RequestReader.Prefix prefix = RequestReader.prefix(frame);
    ApiKey api = prefix.api();
    switch (admittance.admit(connection, api)) {
      case SERVE -> serve(connection, frame, prefix);
      case REFUSE -> {
        if (api != null && versions.serves(api, prefix.version())) {
          admittance.refuse(RequestReader.read(connection, brokerId, api, frame, refusals::add));
        } else {
          connection.close("it did not authenticate, but asked: " + prefix);
        }
      }
      case CLOSE -> connection.close("it may not ask this now: " + prefix);
    }
  }

  private void serve(Connection connection, ByteBuffer frame, RequestReader.Prefix prefix) {
    ApiKey api = prefix.api();
    if (api != null && versions.serves(api, prefix.version())) {
      dispatch(RequestReader.read(connection, brokerId, api, frame, refusals::add), connection);
    } else if (api == ApiKey.API_VERSIONS && versions.told(api) != null) {
      answerOtherVersion(connection, prefix.correlationId());
    } else {
      if (api != null && versions.isBeyondUs(api, prefix.version())) {
        refusals.add("%s v%d: a fake broker cannot do it".formatted(api, prefix.version()));
      }
      connection.close("it does not know this request: " + prefix);
    }
  }

  @Override
  public int maxFrameBytes(Connection connection) {
    return admittance.maxFrameBytes(connection);
  }

  @Override
  public void onClosed(Connection connection, String why) {
    admittance.forget(connection);
    LOG.debug("broker {}: {} ends: {}", brokerId, connection, why);
  }

  private void dispatch(RequestExchange<?, ?> exchange, Connection connection) {
    exchange.onSending(throttle::mark);
    admittance.watch(exchange);
    exchange.onSent(response -> throttle.keepQuiet(response, connection));
    interceptor.onRequest(exchange, () -> handlers.handle(exchange));
  }

  /** Of ApiVersions alone, other versions are answered: that is how clients learn (KIP-511). */
  private void answerOtherVersion(Connection connection, int correlationId) {
    ApiVersionsResponse response =
        new ApiVersionsHandler(unused -> versions)
            .only(ApiKey.API_VERSIONS, versions)
            .errorCode(ErrorCode.UNSUPPORTED_VERSION.code());
    List<ByteBuffer> frame = RequestExchange.frame(correlationId, response, 0);
    connection.reply(frame, Delivery.WHOLE);
  }
}
