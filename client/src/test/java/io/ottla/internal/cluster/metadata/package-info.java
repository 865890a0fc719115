/** Tests of the cluster's metadata. */
@org.jspecify.annotations.NullMarked
package io.ottla.internal.cluster.metadata;
