package io.ottla.protocol.generator;

import io.ottla.protocol.generator.definition.DefinitionException;
import io.ottla.protocol.generator.definition.Definitions;
import io.ottla.protocol.generator.definition.MessageDefinition;
import io.ottla.protocol.generator.definition.MessageDefinition.Kind;
import io.ottla.protocol.generator.error.ErrorModel;
import io.ottla.protocol.generator.error.ReferenceErrors;
import io.ottla.protocol.generator.model.MessageModel;
import io.ottla.protocol.generator.model.Modeller;
import io.ottla.protocol.generator.model.Secrets;
import io.ottla.protocol.generator.rule.ApiKeySource;
import io.ottla.protocol.generator.rule.ErrorCodeSource;
import io.ottla.protocol.generator.rule.MessageSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One run: both jars in, all source files out, unless nothing has changed since the last run. */
final class Generator {
  static final String PACKAGE = "io.ottla.protocol.message";

  /** What is no API, but has to be written and read by clients all the same. */
  private static final List<String> PLAIN_MESSAGES =
      List.of(
          "RequestHeader",
          "ResponseHeader",
          "ConsumerProtocolSubscription",
          "ConsumerProtocolAssignment");

  private final Options options;

  Generator(Options options) {
    this.options = options;
  }

  /** Generates what is not up to date, and says what was done. */
  String run() throws IOException {
    OutputFolder output = new OutputFolder(options.output());
    String stamp = Stamp.of(options);
    if (output.isUpToDate(stamp)) {
      return "up to date";
    }
    List<MessageModel> messages = model(definitions());
    List<ErrorModel> errors = ReferenceErrors.read(options.definitions());
    output.replace(sources(messages, errors), stamp);
    return summary(messages, errors);
  }

  private Definitions definitions() throws IOException {
    Definitions present = Definitions.read(options.definitions());
    Definitions legacy = Definitions.read(options.legacyDefinitions()).withoutUnstable();
    return (options.unstable() ? present : present.withoutUnstable()).mergedWith(legacy);
  }

  private static List<MessageModel> model(Definitions definitions) {
    List<MessageDefinition> selected = new ArrayList<>();
    for (MessageDefinition message : definitions.all()) {
      if (message.kind() == Kind.REQUEST
          && message.listeners().contains("broker")
          && !message.validVersions().isEmpty()) {
        selected.add(message);
        selected.add(response(definitions, message));
      }
    }
    for (String name : PLAIN_MESSAGES) {
      MessageDefinition message = definitions.find(name);
      if (message == null) {
        throw new DefinitionException(name + ".json", "", "is missing");
      }
      selected.add(message);
    }
    Secrets secrets = Secrets.ofKafka();
    List<MessageModel> models = new ArrayList<>();
    for (MessageDefinition message : selected) {
      models.add(Modeller.model(message, secrets));
    }
    secrets.requireAllSeen();
    return models;
  }

  private static MessageDefinition response(Definitions definitions, MessageDefinition request) {
    MessageDefinition response = definitions.counterpart(request);
    if (response == null) {
      throw new DefinitionException(request.file(), "", "has no response");
    }
    if (!response.validVersions().equals(request.validVersions())
        || !response.flexibleVersions().equals(request.flexibleVersions())) {
      throw new DefinitionException(
          request.file(),
          "",
          "has other versions, or other flexible ones, than " + response.file());
    }
    return response;
  }

  private Map<String, String> sources(List<MessageModel> messages, List<ErrorModel> errors) {
    Map<String, String> sources = new TreeMap<>();
    String folder = PACKAGE.replace('.', '/') + "/";
    for (MessageModel message : messages) {
      sources.put(folder + message.name() + ".java", MessageSource.of(message, PACKAGE));
    }
    sources.put(folder + "ApiKey.java", ApiKeySource.of(requests(messages), PACKAGE));
    String origin = options.definitions().getFileName().toString();
    sources.put(folder + "ErrorCode.java", ErrorCodeSource.of(errors, PACKAGE, origin));
    return sources;
  }

  private static List<MessageModel> requests(List<MessageModel> messages) {
    return messages.stream()
        .filter(message -> message.kind() == Kind.REQUEST)
        .sorted(Comparator.comparingInt(MessageModel::apiKey))
        .toList();
  }

  private static String summary(List<MessageModel> messages, List<ErrorModel> errors) {
    List<MessageModel> requests = requests(messages);
    int versions =
        requests.stream()
            .mapToInt(r -> r.root().versions().highest() - r.root().versions().lowest() + 1)
            .sum();
    return "%d messages, %d APIs in %d versions, %d error codes"
        .formatted(messages.size(), requests.size(), versions, errors.size());
  }
}
