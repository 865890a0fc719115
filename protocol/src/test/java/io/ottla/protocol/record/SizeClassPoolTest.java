package io.ottla.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SizeClassPoolTest {
  private final SizeClassPool pool = new SizeClassPool(10_000);

  @ParameterizedTest
  @CsvSource({"0, 1024", "1, 1024", "1024, 1024", "1025, 2048", "5000, 8192", "67108864, 67108864"})
  void a_buffer_is_of_the_smallest_class_that_suffices(int asked, int capacity) {
    assertThat(pool.acquire(asked).capacity()).isEqualTo(capacity);
  }

  @Test
  void what_comes_back_is_handed_out_again_cleared() {
    ByteBuffer first = pool.acquire(3000);
    first.position(7).limit(9);

    pool.release(first);
    ByteBuffer second = pool.acquire(2500);

    assertThat(second).isSameAs(first);
    assertThat(second.position()).isZero();
    assertThat(second.limit()).isEqualTo(4096);
    assertThat(second.isDirect()).isTrue();
    assertThat(second.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
  }

  @Test
  void idle_bytes_stay_below_the_limit() {
    ByteBuffer first = pool.acquire(8192);
    ByteBuffer second = pool.acquire(8192);

    pool.release(first);
    pool.release(second);

    assertThat(pool.idleBytes()).isEqualTo(8192);
    assertThat(pool.acquire(8192)).isSameAs(first);
    assertThat(pool.idleBytes()).isZero();
    assertThat(pool.acquire(8192)).isNotSameAs(second);
  }

  @Test
  void what_is_beyond_the_largest_class_is_of_the_very_size_and_never_kept() {
    SizeClassPool large = new SizeClassPool(Long.MAX_VALUE);
    int beyond = (64 << 20) + 1;

    ByteBuffer buffer = large.acquire(beyond);
    large.release(buffer);

    assertThat(buffer.capacity()).isEqualTo(beyond);
    assertThat(large.idleBytes()).isZero();
  }

  @Test
  void arrays_are_pooled_like_buffers_under_the_same_limit() {
    byte[] array = pool.acquireArray(3000);
    assertThat(array).hasSize(4096);

    pool.releaseArray(array);
    pool.release(ByteBuffer.allocateDirect(8192));

    assertThat(pool.idleBytes()).isEqualTo(4096);
    assertThat(pool.acquireArray(2500)).isSameAs(array);
    assertThat(pool.acquireArray(2500)).isNotSameAs(array);
  }

  @Test
  void a_negative_limit_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> BufferPool.direct(-1));
  }
}
