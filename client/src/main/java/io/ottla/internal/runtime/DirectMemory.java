package io.ottla.internal.runtime;

import io.netty.util.internal.PlatformDependent;

/**
 * What a JVM may have outside its heap.
 *
 * @param limitBytes the limit
 */
public record DirectMemory(long limitBytes) {
  /**
   * That of this JVM: {@code -XX:MaxDirectMemorySize}, else as much as its heap. The transport has
   * asked for it already, so this is for nothing.
   */
  public static DirectMemory ofThisJvm() {
    return new DirectMemory(PlatformDependent.maxDirectMemory());
  }
}
