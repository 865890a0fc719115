@NullMarked
package io.ottla.testkit.scenario;

import org.jspecify.annotations.NullMarked;
