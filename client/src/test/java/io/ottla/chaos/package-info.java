/** Mischief with brokers and connections, and the book-keeping that finds what it broke. */
@NullMarked
package io.ottla.chaos;

import org.jspecify.annotations.NullMarked;
