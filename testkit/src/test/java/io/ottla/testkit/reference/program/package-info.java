/**
 * What Kafka's clients are made to do. Compiled against one release, and run with several: nothing
 * here uses what one of them lacks.
 */
@NullMarked
package io.ottla.testkit.reference.program;

import org.jspecify.annotations.NullMarked;
