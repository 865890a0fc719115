/**
 * Topics and their partitions as the controller knows them: who leads, who follows, what is
 * configured.
 *
 * <p>Door: {@link io.ottla.testkit.internal.topic.Topics}.
 */
@NullMarked
package io.ottla.testkit.internal.topic;

import org.jspecify.annotations.NullMarked;
