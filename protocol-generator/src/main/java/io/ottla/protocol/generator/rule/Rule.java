package io.ottla.protocol.generator.rule;

import io.ottla.protocol.generator.model.StructModel;

/** One concern of a generated class. */
interface Rule {
  /** Writes the members that this concern needs. */
  void emit(StructModel struct, SourceWriter out);
}
