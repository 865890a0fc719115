/**
 * How clients prove to a fake broker who they are.
 *
 * <p>Door: {@link io.ottla.testkit.internal.sasl.SaslGate}.
 */
@NullMarked
package io.ottla.testkit.internal.sasl;

import org.jspecify.annotations.NullMarked;
