/** Brokers of before KRaft, as processes beside the tests of the profile {@code compat}. */
@NullMarked
package io.ottla.compat;

import org.jspecify.annotations.NullMarked;
