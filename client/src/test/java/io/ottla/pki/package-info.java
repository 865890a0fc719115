/** Certificates and keys for tests, and the files that users keep them in. */
@NullMarked
package io.ottla.pki;

import org.jspecify.annotations.NullMarked;
