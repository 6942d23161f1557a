package fluxion.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CompilationTest {
  @Test
  void a_turn_goes_on_while_other_kernels_only_rest() {
    assertTrue(Compilation.isAlone(new DelayQueue<>()));
    assertTrue(Compilation.isAlone(new DelayQueue<>(List.of(new Resting(1), new Resting(50)))));
    assertFalse(Compilation.isAlone(new DelayQueue<>(List.of(new Resting(50), new Resting(0)))));
  }

  @Test
  void a_kernel_that_stays_slow_does_not_keep_a_processor() {
    long tried = IntStream.range(0, 1000).mapToLong(Compilation::length).sum();
    assertTrue(tried > TimeUnit.SECONDS.toNanos(1) && tried < TimeUnit.SECONDS.toNanos(3));
  }

  /** A kernel whose turn comes after some time. */
  private record Resting(long nanos) implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(nanos, other.getDelay(TimeUnit.NANOSECONDS));
    }
  }

  @Test
  void a_kernel_is_not_given_up_for_its_turns_before_its_time_is_over() {
    assertFalse(Compilation.isHopeless(100_000, TimeUnit.SECONDS.toNanos(10)));
    assertFalse(Compilation.isHopeless(10, TimeUnit.MINUTES.toNanos(10)));
    assertTrue(Compilation.isHopeless(1000, TimeUnit.MINUTES.toNanos(10)));
  }

  @Test
  void rests_grow_so_that_a_minute_of_turns_is_few() {
    assertTrue(Compilation.rest(1) <= TimeUnit.MILLISECONDS.toNanos(2));
    long longest = TimeUnit.MILLISECONDS.toNanos(50);
    assertEquals(longest, Compilation.rest(Integer.MAX_VALUE / 2));
    assertTrue(
        IntStream.rangeClosed(1, 1500).mapToLong(Compilation::rest).sum()
            >= TimeUnit.MINUTES.toNanos(1));
  }
}
