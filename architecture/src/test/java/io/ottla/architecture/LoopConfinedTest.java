package io.ottla.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.File;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Nothing that an event loop owns waits for anything. */
class LoopConfinedTest {
  private static final DescribedPredicate<JavaClass> LOOP_CONFINED =
      DescribedPredicate.describe(
          "are confined to an event loop",
          type -> type.isAnnotatedWith("io.ottla.internal.runtime.LoopConfined"));

  @Test
  void the_scan_sees_the_classes_that_loops_own() {
    assertThat(House.LIBRARY.stream().filter(LOOP_CONFINED)).hasSizeGreaterThanOrEqualTo(6);
  }

  @Test
  void what_a_loop_owns_does_not_block_it() {
    noClasses()
        .that(LOOP_CONFINED)
        .should()
        .callMethodWhere(waits())
        .orShould()
        .dependOnClassesThat(belongToAnyOf(File.class, Files.class, FileChannel.class))
        .because("one wait stops every connection of its loop; hand the work to another thread")
        .check(House.LIBRARY);
  }

  private static DescribedPredicate<JavaCall<?>> waits() {
    return called(Thread.class, "sleep|join")
        .or(called(Object.class, "wait"))
        .or(called(Future.class, "get|join"))
        .or(called(io.netty.util.concurrent.Future.class, "get|sync.*|await.*"))
        .or(called(LockSupport.class, "park.*"))
        .or(called(Lock.class, "lock.*"))
        .or(called(Condition.class, "await.*"))
        .or(called(CountDownLatch.class, "await"))
        .or(called(Semaphore.class, "acquire.*"))
        .or(called(BlockingQueue.class, "put|take"))
        .or(
            called(
                InetAddress.class, "get.*ByName|getLocalHost|get(Canonical)?HostName|isReachable"));
  }

  private static DescribedPredicate<JavaCall<?>> called(Class<?> type, String names) {
    return target(owner(assignableTo(type))).and(target(nameMatching(names))).forSubtype();
  }
}
