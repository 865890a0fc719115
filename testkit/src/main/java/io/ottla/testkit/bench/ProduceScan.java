package io.ottla.testkit.bench;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.protocol.message.ProduceResponse.PartitionProduceResponse;
import io.ottla.protocol.message.ProduceResponse.TopicProduceResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Goes over a produce request while it arrives, and past its records without looking at them: of
 * each batch it reads the header's count.
 *
 * <p>Owns: the answer to the request it is in. Thread: the broker's. Always: nothing is read beyond
 * the request's frame. Units: bytes.
 */
final class ProduceScan {
  /* Implementation notes: each step reads its fields from contiguous bytes, or none: if they are not
   * all there, the buffer goes back to where the step began, and the step is taken again when more
   * have come. So the longest step, which is a topic's name or a batch's header, bounds what has to
   * be kept from one read to the next. */

  /** What comes next. */
  private enum Step {
    /** The frame's size, the header, and all before the first topic. */
    HEAD,
    /** A topic's name and its count of partitions; or the end. */
    TOPIC,
    /** A partition, up to the end of its batch's header. */
    PARTITION,
    /** Behind the records. */
    BEHIND_PARTITION,
    /** Behind the last partition of a topic. */
    BEHIND_TOPIC,
    /** Behind the last topic. */
    BEHIND_TOPICS,
    /** Nothing: the request is over. */
    OVER
  }

  private static final int LOWEST_VERSION = 3;
  private static final int FIRST_VERSION_WITH_IDS = 13;
  private static final int MAGIC_AT = 16;
  private static final int COUNT_AT = 57;
  private static final int BATCH_HEADER_BYTES = 61;

  private final NullTopics topics;
  private final FieldScan scan = new FieldScan();

  private Step step = Step.OVER;
  private int frameLeft;
  private int version;
  private boolean flexible;
  private int correlationId;
  private short acks;
  private int topicsLeft;
  private int partitionsLeft;
  private @Nullable NullTopic topic;
  private long records;
  private ProduceResponse response = new ProduceResponse();
  private List<PartitionProduceResponse> partitions = List.of();

  ProduceScan(NullTopics topics) {
    this.topics = topics;
  }

  /** Begins a request whose first byte is next. */
  void begin() {
    step = Step.HEAD;
    records = 0;
    response = new ProduceResponse().responses(new ArrayList<>());
  }

  /** Whether a request is not over. */
  boolean isInside() {
    return step != Step.OVER;
  }

  int version() {
    return version;
  }

  int correlationId() {
    return correlationId;
  }

  /** Whether the client wants an answer. */
  boolean isAnswered() {
    return acks != 0;
  }

  /** The answer, when the request is over. */
  ProduceResponse response() {
    return response;
  }

  /** How many records the request held, when it is over. */
  long records() {
    return records;
  }

  /**
   * Takes the next step.
   *
   * @return how many bytes are to be passed over before the one after it; −1 if more bytes have to
   *     come before this one can be taken, and none were read
   */
  int step(ByteBuffer in) {
    int start = in.position();
    scan.begin(in);
    Step next = step;
    int skip = 0;
    switch (step) {
      case HEAD -> next = head();
      case TOPIC -> next = topic();
      case PARTITION -> {
        skip = partition(in);
        next = Step.BEHIND_PARTITION;
      }
      case BEHIND_PARTITION -> next = behindPartition();
      case BEHIND_TOPIC -> next = behindTopic();
      case BEHIND_TOPICS -> {
        scan.tags(flexible);
        next = Step.OVER;
      }
      case OVER -> throw new IllegalStateException("no request has begun");
    }
    if (scan.ranOut()) {
      if (step != Step.HEAD && in.limit() - start > frameLeft) {
        throw new BadRequestException("a produce request that ends in the midst of a field");
      }
      in.position(start);
      return -1;
    }
    leave(in.position() - start, skip, next);
    return skip;
  }

  private void leave(int read, int skip, Step next) {
    frameLeft -= read + skip;
    if (frameLeft < 0 || (next == Step.OVER && frameLeft > 0)) {
      throw new BadRequestException(
          "a produce request whose content and size differ by " + Math.abs(frameLeft) + " bytes");
    }
    step = next;
  }

  private Step head() {
    int size = scan.int32();
    scan.int16(); // the API's key
    version = scan.int16();
    if (!scan.ranOut() && (version < LOWEST_VERSION || version > ApiKey.PRODUCE.highestVersion())) {
      throw new BadRequestException("a produce request of version " + version);
    }
    flexible = ApiKey.PRODUCE.isFlexible(version);
    correlationId = scan.int32();
    scan.nullableString(false); // the client's id
    scan.tags(flexible);
    scan.nullableString(flexible); // the transactional id
    acks = scan.int16();
    scan.int32(); // the timeout
    topicsLeft = scan.length(flexible);
    frameLeft = size + Integer.BYTES;
    return nextTopic();
  }

  private Step nextTopic() {
    return topicsLeft > 0 ? Step.TOPIC : Step.BEHIND_TOPICS;
  }

  private Step topic() {
    TopicProduceResponse answer = new TopicProduceResponse();
    UUID id = WireReader.ZERO_UUID;
    String name = null;
    if (version >= FIRST_VERSION_WITH_IDS) {
      id = scan.uuid();
      answer.topicId(id);
    } else {
      name = scan.nullableString(flexible);
      answer.name(name == null ? "" : name);
    }
    partitionsLeft = scan.length(flexible);
    if (scan.ranOut()) {
      return Step.TOPIC;
    }
    topic = topics.find(name, id);
    partitions = new ArrayList<>();
    response.responses().add(answer.partitionResponses(partitions));
    return partitionsLeft > 0 ? Step.PARTITION : Step.BEHIND_TOPIC;
  }

  /** Returns the bytes of records behind the batch's header. */
  private int partition(ByteBuffer in) {
    int index = scan.int32();
    int length = Math.max(0, scan.length(flexible));
    int headerBytes = Math.min(length, BATCH_HEADER_BYTES);
    if (!scan.has(headerBytes)) {
      return 0;
    }
    partitions.add(answer(index, in, length));
    in.position(in.position() + headerBytes);
    return length - headerBytes;
  }

  private PartitionProduceResponse answer(int index, ByteBuffer in, int length) {
    PartitionProduceResponse answer =
        new PartitionProduceResponse().index(index).baseOffset(-1).logStartOffset(-1);
    NullTopic known = topic;
    if (known == null || !known.hasPartition(index)) {
      ErrorCode error =
          version >= FIRST_VERSION_WITH_IDS && known == null
              ? ErrorCode.UNKNOWN_TOPIC_ID
              : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
      return answer.errorCode(error.code());
    }
    if (length < BATCH_HEADER_BYTES || in.get(in.position() + MAGIC_AT) != 2) {
      return answer.errorCode(ErrorCode.INVALID_RECORD.code());
    }
    int count = in.getInt(in.position() + COUNT_AT);
    records += count;
    return answer.baseOffset(known.append(index, count)).logStartOffset(0);
  }

  private Step behindPartition() {
    scan.tags(flexible);
    if (scan.ranOut()) {
      return step;
    }
    partitionsLeft--;
    return partitionsLeft > 0 ? Step.PARTITION : Step.BEHIND_TOPIC;
  }

  private Step behindTopic() {
    scan.tags(flexible);
    if (scan.ranOut()) {
      return step;
    }
    topicsLeft--;
    return nextTopic();
  }
}
