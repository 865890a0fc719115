/** What a program that writes records says and hears: types only, no machinery. */
@NullMarked
package io.ottla.producer;

import org.jspecify.annotations.NullMarked;
