package io.ottla.testkit.behaviour;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives the tests of a nested class the cluster of the class around it. */
final class ClusterOfOuterClass implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestCluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRequiredTestInstances()
        .findInstance(TestCluster.Owner.class)
        .orElseThrow()
        .cluster();
  }
}
