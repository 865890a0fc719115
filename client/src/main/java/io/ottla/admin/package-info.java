/**
 * Administration: what a program asks of a cluster about topics, configurations, offsets and
 * groups, and what it gets back. Types only, no machinery.
 *
 * <p>Doors: {@link io.ottla.admin.TopicAdmin}, {@link io.ottla.admin.ConfigAdmin}, {@link
 * io.ottla.admin.OffsetAdmin}, {@link io.ottla.admin.GroupAdmin}; {@code io.ottla.Admin} has one of
 * each.
 */
@NullMarked
package io.ottla.admin;

import org.jspecify.annotations.NullMarked;
