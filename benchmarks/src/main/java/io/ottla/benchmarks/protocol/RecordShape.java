package io.ottla.benchmarks.protocol;

/** What a record has; public because JMH's generated code names it. */
public enum RecordShape {
  /** A value. */
  VALUE,
  /** A key and a value. */
  KEY,
  /** A key, a value and a header. */
  KEY_AND_HEADER
}
