/*
 * Produces with librdkafka as io.ottla.benchmarks.produce.ProduceMain does with clients on the JVM: the
 * same arguments (--name value), the same phases, the same line of figures. One sending thread; another
 * one polls for delivery reports.
 *
 *   gcc -O2 -o produce_librdkafka produce_librdkafka.c -lrdkafka -lpthread
 */
#include <librdkafka/rdkafka.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

static int arguments_count;
static char **arguments;

static const char *argument(const char *name, const char *otherwise) {
  for (int i = 1; i + 1 < arguments_count; i += 2) {
    if (strncmp(arguments[i], "--", 2) == 0 && strcmp(arguments[i] + 2, name) == 0) {
      return arguments[i + 1];
    }
  }
  return otherwise;
}

static double number(const char *name, double otherwise) {
  const char *text = argument(name, NULL);
  return text == NULL ? otherwise : atof(text);
}

static void fail(const char *what, const char *why) {
  fprintf(stderr, "%s: %s\n", what, why);
  exit(1);
}

static int64_t nanos(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static int64_t epoch_micros(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

static double cpu_seconds(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* Latencies, as LatencyHistogram has them: 64 steps between powers of two. */
#define STEP_BITS 6
#define BUCKETS ((64 - STEP_BITS) << STEP_BITS)
static uint64_t histogram[BUCKETS];
static int64_t longest;

static int bucket_of(uint64_t value) {
  if (value < (2u << STEP_BITS)) {
    return (int) value;
  }
  int shift = 63 - __builtin_clzll(value) - STEP_BITS;
  return (shift << STEP_BITS) + (int) (value >> shift);
}

static uint64_t middle_of(int bucket) {
  if (bucket < (2 << STEP_BITS)) {
    return bucket;
  }
  int shift = (bucket >> STEP_BITS) - 1;
  uint64_t low = ((uint64_t) (bucket - (shift << STEP_BITS))) << shift;
  return low + (1ULL << shift) / 2;
}

static double percentile_millis(double share) {
  uint64_t all = 0;
  for (int i = 0; i < BUCKETS; i++) {
    all += histogram[i];
  }
  uint64_t wanted = (uint64_t) (share * all);
  uint64_t seen = 0;
  for (int i = 0; i < BUCKETS; i++) {
    seen += histogram[i];
    if (seen > wanted) {
      return middle_of(i) / 1e6;
    }
  }
  return longest / 1e6;
}

static volatile int64_t failed;
static volatile int with_reports;
static volatile int ending;

static void on_report(rd_kafka_t *client, const rd_kafka_message_t *message, void *opaque) {
  if (message->err) {
    if (failed++ == 0) {
      fprintf(stderr, "a record failed: %s\n", rd_kafka_err2str(message->err));
    }
    return;
  }
  if (with_reports && message->len >= sizeof(int64_t)) {
    int64_t sent;
    memcpy(&sent, message->payload, sizeof sent);
    int64_t took = nanos() - sent;
    if (sent > 0 && took > 0) {
      histogram[bucket_of(took)]++;
      if (took > longest) {
        longest = took;
      }
    }
  }
}

static void *poll_reports(void *client) {
  while (!ending) {
    rd_kafka_poll(client, 100);
  }
  return NULL;
}

static void set(rd_kafka_conf_t *conf, const char *name, const char *value) {
  char why[512];
  if (rd_kafka_conf_set(conf, name, value, why, sizeof why) != RD_KAFKA_CONF_OK) {
    fail(name, why);
  }
}

static rd_kafka_conf_t *configuration(void) {
  rd_kafka_conf_t *conf = rd_kafka_conf_new();
  char text[32];
  set(conf, "bootstrap.servers", argument("bootstrap", "localhost:9092"));
  set(conf, "acks", argument("acks", "all"));
  if (strcmp(argument("acks", "all"), "all") == 0) {
    set(conf, "enable.idempotence", "true");
  }
  set(conf, "linger.ms", argument("linger-ms", "5"));
  set(conf, "batch.size", argument("batch-bytes", "262144"));
  set(conf, "batch.num.messages", "1000000");
  set(conf, "queue.buffering.max.messages", "10000000");
  snprintf(text, sizeof text, "%lld", (long long) (number("memory-bytes", 64 << 20) / 1024));
  set(conf, "queue.buffering.max.kbytes", text);
  set(conf, "compression.type", argument("compression", "none"));
  if (argument("ca", NULL) != NULL) {
    set(conf, "security.protocol", "ssl");
    set(conf, "ssl.ca.location", argument("ca", NULL));
  }
  if (!with_reports) {
    set(conf, "delivery.report.only.error", "true");
  }
  rd_kafka_conf_set_dr_msg_cb(conf, on_report);
  return conf;
}

static char *values;
static size_t value_bytes;
static size_t value_count;

static void read_values(void) {
  const char *path = argument("values", NULL);
  value_bytes = (size_t) number("value-bytes", 100);
  struct stat file;
  if (path == NULL || stat(path, &file) != 0) {
    fail("--values", "no such file");
  }
  value_count = file.st_size / value_bytes;
  values = malloc(file.st_size);
  FILE *in = fopen(path, "rb");
  if (in == NULL || fread(values, 1, file.st_size, in) != (size_t) file.st_size) {
    fail(path, "cannot be read");
  }
  fclose(in);
}

static rd_kafka_topic_t *topic;
static char *scratch;

static void send_one(uint64_t i, int64_t sent) {
  static int partitions = -1;
  if (partitions < 0) {
    partitions = strcmp(argument("spread", "sticky"), "round-robin") == 0 ? (int) number("partitions", 4) : 0;
  }
  int32_t partition = partitions > 0 ? (int32_t) (i % partitions) : RD_KAFKA_PARTITION_UA;
  char *value = values + (i % value_count) * value_bytes;
  if (with_reports && value_bytes >= sizeof sent) {
    memcpy(scratch, value, value_bytes);
    memcpy(scratch, &sent, sizeof sent);
    value = scratch;
  }
  while (rd_kafka_produce(topic, partition, RD_KAFKA_MSG_F_COPY, value, value_bytes, NULL, 0, NULL)) {
    if (rd_kafka_last_error() != RD_KAFKA_RESP_ERR__QUEUE_FULL) {
      fail("produce", rd_kafka_err2str(rd_kafka_last_error()));
    }
    /* Cheaper for it than RD_KAFKA_MSG_F_BLOCK, which wakes us for each batch: 0.5 us a record, not 0.7. */
    struct timespec pause = {0, 1000000};
    nanosleep(&pause, NULL);
  }
}

/* Sends for so long, or so many if that is more than 0; returns how many. */
static uint64_t send_for(double seconds, uint64_t most, double rate) {
  int64_t begin = nanos();
  int64_t end = begin + (int64_t) (seconds * 1e9);
  int64_t now = begin;
  uint64_t sent = 0;
  while (most > 0 ? sent < most : now < end) {
    uint64_t due = rate > 0 ? (uint64_t) ((now - begin) * rate / 1e9) : sent + 256;
    if (most > 0 && due > most) {
      due = most;
    }
    for (; sent < due; sent++) {
      int64_t at = with_reports ? nanos() : 0;
      int64_t planned = rate > 0 ? begin + (int64_t) (sent * 1e9 / rate) : at;
      send_one(sent, at - planned > 1000000 ? planned : at);
    }
    if (rate > 0) {
      struct timespec pause = {0, 50000};
      nanosleep(&pause, NULL);
    }
    now = nanos();
  }
  return sent;
}

static void flush(rd_kafka_t *client) {
  if (rd_kafka_flush(client, 120000)) {
    fail("flush", "not all was acknowledged within 120 s");
  }
}

int main(int count, char **given) {
  arguments_count = count;
  arguments = given;
  const char *mode = argument("mode", "run");
  double rate = number("rate", 0);
  with_reports = rate > 0 || strcmp(argument("reports", "false"), "true") == 0;
  read_values();
  scratch = malloc(value_bytes);
  char why[512];
  rd_kafka_t *client = rd_kafka_new(RD_KAFKA_PRODUCER, configuration(), why, sizeof why);
  if (client == NULL) {
    fail("librdkafka", why);
  }
  topic = rd_kafka_topic_new(client, argument("topic", "bench"), NULL);
  pthread_t poller;
  pthread_create(&poller, NULL, poll_reports, client);
  send_one(0, nanos());
  flush(client);
  double first = (epoch_micros() - number("started-micros", epoch_micros())) / 1000;
  double cpu = cpu_seconds();
  int64_t begin = nanos();
  uint64_t records = 1;
  uint64_t before = 0;
  if (strcmp(mode, "idle") == 0) {
    struct timespec pause = {(time_t) number("seconds", 5), 0};
    nanosleep(&pause, NULL);
  } else if (strcmp(mode, "run") == 0) {
    before = send_for(number("warm-up", 2), 0, rate);
    flush(client);
    memset(histogram, 0, sizeof histogram);
    longest = 0;
    cpu = cpu_seconds();
    begin = nanos();
    records = send_for(number("seconds", 5), (uint64_t) number("records", 0), rate);
    flush(client);
  }
  double seconds = (nanos() - begin) / 1e9;
  double steady = cpu_seconds() - cpu;
  printf("{\"client\":\"librdkafka\",\"version\":\"%s\",\"records\":%llu,\"bytes\":%llu,\"seconds\":%.6f,"
         "\"records_per_second\":%.0f,\"cpu_seconds\":%.6f,\"process_cpu_seconds\":%.6f,\"failed\":%lld,"
         "\"first_ack_ms\":%.3f,\"warm_up_records\":%llu",
         rd_kafka_version_str(), (unsigned long long) records, (unsigned long long) (records * value_bytes), seconds,
         records / seconds, steady, cpu_seconds(), (long long) failed, first,
         (unsigned long long) before);
  if (with_reports) {
    printf(",\"latency_p50_ms\":%.4f,\"latency_p99_ms\":%.4f,\"latency_p999_ms\":%.4f,\"latency_max_ms\":%.4f",
           percentile_millis(0.5), percentile_millis(0.99), percentile_millis(0.999), longest / 1e6);
  }
  printf("}\n");
  fflush(stdout);
  ending = 1;
  pthread_join(poller, NULL);
  rd_kafka_topic_destroy(topic);
  rd_kafka_destroy(client);
  return failed > 0 ? 1 : 0;
}
