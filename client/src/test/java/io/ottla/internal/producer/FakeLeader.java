package io.ottla.internal.producer;

import io.ottla.error.BrokerUnreachableException;
import io.ottla.error.ConnectPhase;
import io.ottla.error.ConnectionLostException;
import io.ottla.error.SendOutcome;
import io.ottla.internal.cluster.BrokerChannel;
import io.ottla.internal.net.LinkTrouble;
import io.ottla.internal.net.PeerVersions;
import io.ottla.internal.net.Reply;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A broker that keeps each Produce request until a test says what becomes of it. */
final class FakeLeader implements BrokerChannel {
  final List<Exchange> open = new ArrayList<>();
  final List<Exchange> all = new ArrayList<>();
  final int id;
  private final FakeFloor floor;
  boolean isUp = true;
  boolean isConnected;
  int connects;

  FakeLeader(int id, FakeFloor floor) {
    this.id = id;
    this.floor = floor;
  }

  @Override
  public int brokerId() {
    return id;
  }

  @Override
  public @Nullable PeerVersions versions() {
    return isConnected ? floor.versions : null;
  }

  @Override
  public void connect(BiConsumer<@Nullable PeerVersions, @Nullable Throwable> then) {
    connects++;
    floor.loop.execute(
        () -> {
          isConnected = isUp;
          if (isUp) {
            then.accept(floor.versions, null);
          } else {
            then.accept(
                null,
                new BrokerUnreachableException(
                    "broker " + id + " refused the connection", ConnectPhase.TCP, null));
          }
        });
  }

  @Override
  public @Nullable LinkTrouble trouble() {
    return null;
  }

  @Override
  @SuppressWarnings("unchecked")
  public <R extends ResponseMessage> void send(
      RequestMessage<R> request,
      int version,
      long timeoutNanos,
      Runnable onBytesFree,
      Reply<R> reply) {
    Exchange exchange =
        new Exchange(
            floor,
            this,
            (ProduceRequest) request,
            version,
            onBytesFree,
            (Reply<ProduceResponse>) reply);
    open.add(exchange);
    all.add(exchange);
  }

  /** The oldest that is not answered. */
  Exchange first() {
    return open.get(0);
  }

  /** All are carried out and answered, and what follows from that, too. */
  void answerAll() {
    for (floor.loop.run(); !open.isEmpty(); floor.loop.run()) {
      first().answer();
    }
  }

  /** The connection ends; the broker has carried out so many of the open ones. */
  void loseConnection(int carriedOut) {
    isConnected = false;
    List<Exchange> lost = new ArrayList<>(open);
    for (int i = 0; i < carriedOut; i++) {
      lost.get(i).carryOut();
    }
    for (Exchange one : lost) {
      one.fail(
          new ConnectionLostException(
              "ProduceRequest to broker " + id + ": the connection was reset",
              SendOutcome.UNKNOWN,
              null));
    }
  }
}
