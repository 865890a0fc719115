/**
 * Which faults of the reliability checklists the tests stage, and which of these tests passed.
 *
 * <p>{@link io.ottla.testkit.scenario.Scenario} names the ids beside a test. Each run of such a
 * test adds lines to a file under the module's {@code target/scenarios}, one file for each process,
 * so that forks do not meet; a build forgets those of the build before. The build's last module
 * reads them all ({@link io.ottla.testkit.scenario.ScenarioResult#readAll}) and writes the table of
 * the ids that are covered.
 */
@NullMarked
package io.ottla.testkit.scenario;

import org.jspecify.annotations.NullMarked;
