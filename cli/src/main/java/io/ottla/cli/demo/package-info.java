/** The main job shown and proven on a real broker. */
@NullMarked
package io.ottla.cli.demo;

import org.jspecify.annotations.NullMarked;
