package io.ottla.testkit.behaviour;

import java.util.UUID;

/** A topic of one test. */
record Topic(String name, UUID id) {}
