package fluxion.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.backend.cpu.interpret.Interpreter;
import fluxion.backend.cpu.kernel.ColumnStep;
import fluxion.backend.cpu.kernel.KernelLoop;
import fluxion.backend.cpu.kernel.LoopCompiler;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KernelLoopsTest {
  private static final int[] UNIT = {1, 1, 1};
  private static final int[] BROADCAST = {1, 1, 0};
  private static final int MANY = 1000;
  private static final Kernel ADD =
      Kernel.of(Expr.input(0, DType.FLOAT32).add(Expr.input(1, DType.FLOAT32)));

  /** A loop that does nothing, and so is faster than any other. */
  private static KernelLoop idle() {
    return new KernelLoop() {
      @Override
      public void run(
          @Nullable Object[] arrays,
          int[] offsets,
          int[] rowSteps,
          int[] columnSteps,
          int rows,
          int columns,
          double[] floatScalars,
          long[] intScalars) {}
    };
  }

  @Test
  void a_kernel_is_interpreted_until_it_has_computed_many_elements() {
    KernelLoops loops =
        new KernelLoops(
            ADD,
            KernelMode.ADAPTIVE,
            (kernel, steps) -> {
              throw new AssertionError("compiled too early");
            });
    assertInstanceOf(Interpreter.class, loops.choose(1 << 30, UNIT));
  }

  @Test
  void a_warm_kernel_is_compiled_by_another_thread_and_then_runs_as_code_of_its_own()
      throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    Thread caller = Thread.currentThread();
    KernelLoop compiled = idle();
    LoopCompiler compiler =
        (kernel, steps) -> {
          assertNotSame(caller, Thread.currentThread());
          assertArrayEquals(
              new ColumnStep[] {ColumnStep.UNIT, ColumnStep.UNIT, ColumnStep.ZERO}, steps);
          asked.countDown();
          return compiled;
        };
    KernelLoops loops = new KernelLoops(ADD, KernelMode.ADAPTIVE, compiler);
    loops.choose(KernelLoops.WARM, BROADCAST);
    loops.choose(MANY, BROADCAST);
    assertEquals(true, asked.await(30, TimeUnit.SECONDS));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (loops.choose(MANY, BROADCAST) != compiled && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertSame(compiled, loops.choose(MANY, BROADCAST));
  }

  @Test
  void a_kernel_that_is_launched_often_on_few_elements_soon_has_code_for_them_alone()
      throws InterruptedException {
    KernelLoop forFew = idle();
    LoopCompiler compiler =
        new LoopCompiler() {
          @Override
          public KernelLoop compile(Kernel kernel, ColumnStep[] steps) {
            throw new AssertionError("few elements need no vectors");
          }

          @Override
          public KernelLoop compileForFew(Kernel kernel, ColumnStep[] steps) {
            return forFew;
          }
        };
    KernelLoops loops = new KernelLoops(ADD, KernelMode.ADAPTIVE, compiler);
    for (int i = 0; i < KernelLoops.OFTEN; i++) {
      assertInstanceOf(Interpreter.class, loops.choose(3, UNIT));
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (loops.choose(3, UNIT) != forFew && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertSame(forFew, loops.choose(3, UNIT));
    assertInstanceOf(Interpreter.class, loops.choose(MANY, UNIT));
  }

  @Test
  void each_layout_class_is_compiled_once() {
    AtomicInteger compilations = new AtomicInteger();
    KernelLoops loops =
        new KernelLoops(
            ADD,
            KernelMode.COMPILED,
            (kernel, steps) -> {
              compilations.incrementAndGet();
              return idle();
            });
    KernelLoop unit = loops.choose(1, UNIT);
    assertSame(unit, loops.choose(1000, UNIT));
    assertNotSame(unit, loops.choose(1, BROADCAST));
    assertSame(loops.choose(1, new int[] {2, 1, 1}), loops.choose(1, new int[] {-7, 1, 1}));
    assertEquals(3, compilations.get());
  }

  @Test
  void a_kernel_that_cannot_be_compiled_stays_interpreted_and_is_not_tried_again() {
    AtomicInteger compilations = new AtomicInteger();
    KernelLoops loops =
        new KernelLoops(
            ADD,
            KernelMode.COMPILED,
            (kernel, steps) -> {
              compilations.incrementAndGet();
              throw new IllegalStateException("as the test wants it");
            });
    assertInstanceOf(Interpreter.class, loops.choose(1, UNIT));
    assertInstanceOf(Interpreter.class, loops.choose(1, UNIT));
    assertEquals(1, compilations.get());
  }

  @Test
  void kernels_are_interpreted_where_no_compiler_makes_vectors_fast() {
    assertEquals(KernelMode.ADAPTIVE, KernelMode.onVirtualMachine("mixed mode, sharing"));
    assertEquals(KernelMode.ADAPTIVE, KernelMode.onVirtualMachine(""));
    assertEquals(KernelMode.INTERPRETED, KernelMode.onVirtualMachine("interpreted mode, sharing"));
    assertEquals(
        KernelMode.INTERPRETED,
        KernelMode.onVirtualMachine("mixed mode, emulated-client, sharing"));
  }

  @Test
  void an_unknown_mode_is_refused_with_those_that_there_are() {
    Throwable error = assertThrows(ArgumentException.class, () -> KernelMode.of("fast"));
    assertEquals(
        "-Dfluxion.cpu.kernels is 'fast'; use 'interpreted', 'compiled' or 'adaptive', which is the"
            + " default",
        error.getMessage());
    assertEquals(KernelMode.INTERPRETED, KernelMode.of("interpreted"));
    assertEquals(KernelMode.COMPILED, KernelMode.of("compiled"));
  }
}
