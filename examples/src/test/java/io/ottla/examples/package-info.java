/** Keeps the documents true: their code is compiled and run, their commands are parsed. */
@NullMarked
package io.ottla.examples;

import org.jspecify.annotations.NullMarked;
