package io.ottla.protocol.generator.definition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One field, as a definition has it.
 *
 * @param versions the versions in which the message has it
 * @param nullableVersions those in which it may be null
 * @param taggedVersions those in which it travels as a tagged field
 * @param tag its number there; null exactly if it is never tagged
 * @param flexibleVersions those in which it has the compact form; null if as its message
 * @param defaultValue as written; null if the type's own default holds
 * @param ignorable whether a version that lacks it may drop what it is set to
 * @param mapKey whether it is part of the key that tells the elements of an array apart
 * @param entityType what the value names, such as a topic
 * @param about a sentence about it; may be empty
 * @param fields if it is of a struct that is defined right here: what that has; else empty
 */
public record FieldDefinition(
    String name,
    FieldType type,
    Versions versions,
    Versions nullableVersions,
    Versions taggedVersions,
    @Nullable Integer tag,
    @Nullable Versions flexibleVersions,
    @Nullable String defaultValue,
    boolean ignorable,
    boolean mapKey,
    @Nullable String entityType,
    String about,
    List<FieldDefinition> fields) {}
