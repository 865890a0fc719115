package io.ottla.testkit.bench;

import io.ottla.protocol.ProtocolException;
import io.ottla.protocol.WireReader;
import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ApiVersionsResponse;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FindCoordinatorRequest;
import io.ottla.protocol.message.InitProducerIdRequest;
import io.ottla.protocol.message.ListOffsetsRequest;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.OffsetForLeaderEpochRequest;
import io.ottla.protocol.message.RequestHeader;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseHeader;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.testkit.bench.FetchAnswers.Fetched;
import io.ottla.testkit.bench.FetchAnswers.Run;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the null broker: takes requests one after the other, and answers each before it
 * looks at the next.
 *
 * <p>Thread: the broker's. Units: bytes.
 */
final class NullConnection {
  private static final Logger LOG = LoggerFactory.getLogger(NullConnection.class);
  private static final byte[] NOTHING = {};
  private static final int FRAME_SIZE_BYTES = 4;
  private static final int FRAME_START_BYTES = 8;

  /** So that one connection does not keep the others waiting. */
  private static final int MAX_READS_IN_A_TURN = 16;

  private final NullLoop loop;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final ProduceScan produce;
  private final Outgoing outgoing;

  /** What was read and not yet understood; it comes before what is read next. */
  private byte[] rest = NOTHING;

  /** How many of the next bytes are records that nobody looks at. */
  private int skip;

  /** Whether a fetch waits for records that will not come. */
  private boolean isWaiting;

  NullConnection(NullLoop loop, SocketChannel channel) throws IOException {
    this.loop = loop;
    this.channel = channel;
    this.key = loop.register(channel, this);
    this.produce = new ProduceScan(loop.topics());
    this.outgoing = new Outgoing(loop.batch());
  }

  /** Goes on with what the socket is ready for. */
  void onReady() {
    if (!key.isValid()) {
      return;
    }
    try {
      if (key.isWritable()) {
        flush();
      }
      if (isReading()) {
        read();
      }
    } catch (BadRequestException | ProtocolException e) {
      LOG.warn("the null broker closes a connection: {}", e.getMessage());
      close();
    } catch (IOException e) {
      LOG.debug("a client went away", e);
      close();
    }
    watch();
  }

  private boolean isReading() {
    return channel.isOpen() && outgoing.isEmpty() && !isWaiting;
  }

  private void watch() {
    if (key.isValid()) {
      int operations =
          outgoing.isEmpty() ? (isWaiting ? 0 : SelectionKey.OP_READ) : SelectionKey.OP_WRITE;
      if (key.interestOps() != operations) {
        key.interestOps(operations);
      }
    }
  }

  private void read() throws IOException {
    for (int reads = 0; reads < MAX_READS_IN_A_TURN && isReading(); reads++) {
      ByteBuffer in = loop.input().put(rest);
      int read = channel.read(in);
      boolean isFull = !in.hasRemaining();
      in.flip();
      if (read < 0) {
        close();
        return;
      }
      loop.onRead(read);
      understand(in);
      keepRest(in);
      if (!isFull) {
        return;
      }
    }
  }

  private void keepRest(ByteBuffer in) {
    if (in.remaining() == in.capacity() && isReading()) {
      throw new BadRequestException(
          "a request, or a field of one, of more than " + in.capacity() + " bytes");
    }
    rest = in.hasRemaining() ? new byte[in.remaining()] : NOTHING;
    in.get(rest);
  }

  /** Goes over as much as is there; stops behind a request whose answer is not yet sent. */
  private void understand(ByteBuffer in) throws IOException {
    while (isReading()) {
      int skipped = Math.min(skip, in.remaining());
      in.position(in.position() + skipped);
      skip -= skipped;
      if (skip > 0 || !(produce.isInside() ? goOnProducing(in) : begin(in))) {
        return;
      }
    }
  }

  private boolean goOnProducing(ByteBuffer in) throws IOException {
    int step = produce.step(in);
    if (step < 0) {
      return false;
    }
    skip = step;
    if (!produce.isInside()) {
      loop.onProduced(produce.records());
      if (produce.isAnswered()) {
        send(
            ApiKey.PRODUCE,
            produce.version(),
            produce.correlationId(),
            produce.response(),
            List.of());
      }
    }
    return true;
  }

  private boolean begin(ByteBuffer in) throws IOException {
    if (in.remaining() < FRAME_START_BYTES) {
      return false;
    }
    int start = in.position();
    int size = in.getInt(start);
    int apiKey = in.getShort(start + FRAME_SIZE_BYTES);
    if (size < FRAME_START_BYTES) {
      throw new BadRequestException("a frame of " + size + " bytes for API " + apiKey);
    }
    if (apiKey == ApiKey.PRODUCE.id()) {
      produce.begin();
      return true;
    }
    if (in.remaining() - FRAME_SIZE_BYTES < size) {
      if (size > in.capacity() - FRAME_SIZE_BYTES) {
        throw new BadRequestException("a request of " + size + " bytes for API " + apiKey);
      }
      return false;
    }
    in.position(start + FRAME_SIZE_BYTES + size);
    answer(in.slice(start + FRAME_SIZE_BYTES, size));
    return true;
  }

  private void answer(ByteBuffer frame) throws IOException {
    int number = frame.getShort(0);
    int version = frame.getShort(2);
    ApiKey api = ApiKey.find(number);
    if (api == ApiKey.API_VERSIONS && !Offered.has(api, version)) {
      // In the oldest version, so that a client of any age can read it (KIP-511).
      ApiVersionsResponse refusal =
          Offered.response().errorCode(ErrorCode.UNSUPPORTED_VERSION.code());
      send(api, 0, frame.getInt(4), refusal, List.of());
      return;
    }
    if (api == null || !Offered.has(api, version)) {
      throw new BadRequestException(
          "%s of version %d is not offered"
              .formatted(api == null ? "API " + number : api, version));
    }
    WireReader in = WireReader.of(frame);
    RequestHeader header = new RequestHeader();
    header.read(in, api.requestHeaderVersion(version));
    RequestMessage<?> request = api.newRequest();
    request.read(in, version);
    if (request instanceof FetchRequest fetch) {
      fetch(fetch, version, header.correlationId());
    } else {
      send(api, version, header.correlationId(), small(request, version), List.of());
    }
  }

  private ResponseMessage small(RequestMessage<?> request, int version) {
    SmallAnswers answers = loop.smallAnswers();
    return switch (request.apiKey()) {
      case API_VERSIONS -> Offered.response();
      case METADATA -> answers.metadata((MetadataRequest) request, version);
      case LIST_OFFSETS -> answers.listOffsets((ListOffsetsRequest) request, version);
      case INIT_PRODUCER_ID -> answers.initProducerId((InitProducerIdRequest) request);
      case FIND_COORDINATOR -> answers.findCoordinator((FindCoordinatorRequest) request, version);
      case OFFSET_FOR_LEADER_EPOCH ->
          answers.offsetForLeaderEpoch((OffsetForLeaderEpochRequest) request);
      default -> throw new IllegalStateException("offered but not answered: " + request.apiKey());
    };
  }

  private void fetch(FetchRequest request, int version, int correlationId) throws IOException {
    Fetched fetched = loop.fetchAnswers().answer(request);
    if (fetched.isWorthWaiting() && request.maxWaitMs() > 0) {
      isWaiting = true;
      loop.after(request.maxWaitMs(), () -> endWait(fetched, version, correlationId));
    } else {
      send(ApiKey.FETCH, version, correlationId, fetched.response(), fetched.runs());
    }
  }

  private void endWait(Fetched fetched, int version, int correlationId) {
    isWaiting = false;
    if (!channel.isOpen()) {
      return;
    }
    try {
      send(ApiKey.FETCH, version, correlationId, fetched.response(), fetched.runs());
    } catch (IOException e) {
      LOG.debug("a client went away", e);
      close();
    }
    onReady();
  }

  private void send(
      ApiKey api, int version, int correlationId, ResponseMessage response, List<Run> runs)
      throws IOException {
    ResponseHeader header = new ResponseHeader().correlationId(correlationId);
    short headerVersion = api.responseHeaderVersion(version);
    WireWriter out = WireWriter.gathering();
    out.writeInt32(header.size(headerVersion) + response.size(version));
    header.write(out, headerVersion);
    response.write(out, version);
    outgoing.take(out.segments(), runs);
    flush();
  }

  private void flush() throws IOException {
    loop.onWritten(outgoing.writeTo(channel));
  }

  private void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("the null broker's socket did not close", e);
    }
  }
}
