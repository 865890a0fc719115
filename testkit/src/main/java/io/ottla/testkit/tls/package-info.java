/**
 * Certificates for tests of TLS: a certificate authority of the test's own, and what it issues.
 *
 * <p>Door: {@link io.ottla.testkit.tls.TestCertificates}.
 */
@NullMarked
package io.ottla.testkit.tls;

import org.jspecify.annotations.NullMarked;
