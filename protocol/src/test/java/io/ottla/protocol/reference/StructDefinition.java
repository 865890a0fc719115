package io.ottla.protocol.reference;

import java.util.List;

/**
 * The fields of a message, or of a struct in it, in the definition's order.
 *
 * @param name in the definition's spelling
 * @param fields in the order in which they are written
 */
record StructDefinition(String name, List<FieldDefinition> fields) {}
