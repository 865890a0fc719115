/** What a program that reads records says and hears: types only, no machinery. */
@NullMarked
package io.ottla.consumer;

import org.jspecify.annotations.NullMarked;
