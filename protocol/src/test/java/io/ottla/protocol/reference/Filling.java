package io.ottla.protocol.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * How a message is filled.
 *
 * @param kind what the fields get
 * @param depth at which depth fields are null; only with {@link Kind#NULLS}
 */
record Filling(Kind kind, int depth) {
  static final Filling FRESH = new Filling(Kind.FRESH, -1);
  static final Filling FULL = new Filling(Kind.FULL, -1);
  static final Filling EMPTY = new Filling(Kind.EMPTY, -1);
  static final Filling ONE = new Filling(Kind.ONE, -1);
  static final Filling MANY = new Filling(Kind.MANY, -1);
  static final Filling RANDOM = new Filling(Kind.RANDOM, -1);

  enum Kind {
    /** Nothing is set. */
    FRESH,
    /** Everything that the version has is set to something that is not its default. */
    FULL,
    /** Zeros, empty strings, empty arrays. */
    EMPTY,
    /** As EMPTY, but one such element in every array. */
    ONE,
    /** As EMPTY, but hundreds of such elements in every array of the message itself. */
    MANY,
    /** As FULL, but at one depth all that may be null is null. */
    NULLS,
    /** Everything is left to chance. */
    RANDOM
  }

  /** Those that reach every field and every null of a message, each once. */
  static List<Filling> systematic(BoundStruct struct) {
    List<Filling> fillings = new ArrayList<>(List.of(FRESH, FULL, EMPTY));
    for (int depth = 0; depth < struct.depth(); depth++) {
      fillings.add(new Filling(Kind.NULLS, depth));
    }
    return fillings;
  }
}
