/** Topics: the commands that list, create, delete and describe them. */
@NullMarked
package io.ottla.cli.topics;

import org.jspecify.annotations.NullMarked;
