package io.ottla.protocol.generator.definition;

import java.util.List;

/** A struct that several fields of one message share. */
public record StructDefinition(String name, Versions versions, List<FieldDefinition> fields) {}
