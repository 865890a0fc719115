package io.ottla.testkit.behaviour;

/** Where the fake cluster answers otherwise than a real broker on purpose. */
enum Difference {}
