package io.ottla.cli.command;

import io.ottla.protocol.record.Compression;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of producers that have names of their own on the command line. */
final class ProducerChoices {
  @Option(
      names = {"-z", "--compression"},
      paramLabel = "CODEC",
      converter = Converters.OfCompression.class,
      description = "none, gzip, snappy, lz4 or zstd (default: none).")
  private @Nullable Compression compression;

  @Option(
      names = "--acks",
      paramLabel = "WHO",
      converter = ProduceConverters.OfAcks.class,
      description = "Who must have a record: all replicas in sync, 1 (the leader), or 0 (nobody).")
  private @Nullable String acks;

  /** What was given, as options of the client. */
  Map<String, String> given() {
    Map<String, String> given = new LinkedHashMap<>();
    if (compression != null) {
      given.put("compression", compression());
    }
    if (acks != null) {
      given.put("acks", acks);
    }
    return given;
  }

  String compression() {
    return compression == null ? "none" : compression.codec().name().toLowerCase(Locale.ROOT);
  }

  /** As it is printed: all, 1 or 0. */
  String acks() {
    String chosen = acks == null ? "all" : acks;
    return switch (chosen) {
      case "leader" -> "1";
      case "none" -> "0";
      default -> "all";
    };
  }
}
