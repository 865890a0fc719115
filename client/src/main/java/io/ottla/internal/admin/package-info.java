/**
 * Typed administration over a cluster that routes: builds requests, judges answers, waits until
 * changes are seen.
 *
 * <p>Door: {@link io.ottla.internal.admin.RoutedAdmin}. Knows no transport: whom to ask and how
 * often is the cluster's business.
 */
@NullMarked
package io.ottla.internal.admin;

import org.jspecify.annotations.NullMarked;
