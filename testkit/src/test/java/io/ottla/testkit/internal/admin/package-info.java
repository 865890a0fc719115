@NullMarked
package io.ottla.testkit.internal.admin;

import org.jspecify.annotations.NullMarked;
