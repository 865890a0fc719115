/** Tests of administration. */
@NullMarked
package io.ottla.internal.admin;

import org.jspecify.annotations.NullMarked;
