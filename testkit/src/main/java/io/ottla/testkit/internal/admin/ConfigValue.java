package io.ottla.testkit.internal.admin;

/**
 * One of the values behind a configuration; answers call it a synonym.
 *
 * @param name the key under which it stands there
 */
record ConfigValue(String name, String value, ConfigSource source) {}
