package io.ottla.protocol.generator.rule;

import io.ottla.protocol.generator.definition.DefinitionParser;
import io.ottla.protocol.generator.model.Modeller;
import io.ottla.protocol.generator.model.Secrets;
import java.util.Set;

/** The shortest way from a few fields to a message named Sample, in version 0, none flexible. */
final class SourceOf {
  private SourceOf() {}

  static String definition(String fields) {
    return """
    { "type": "data", "name": "Sample", "validVersions": "0", "flexibleVersions": "none",
      "fields": [ %s ]}
    """
        .formatted(fields.replace('\'', '"'));
  }

  /** The generated source. */
  static String data(String fields) {
    return MessageSource.of(
        Modeller.model(
            DefinitionParser.parse("Sample.json", definition(fields)), new Secrets(Set.of())),
        "sample");
  }
}
