package fluxion.backend.cpu.codegen;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.backend.cpu.kernel.ColumnStep;
import fluxion.backend.cpu.kernel.KernelLoop;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class UnloadingTest {
  private static final ColumnStep[] STEPS = {ColumnStep.UNIT, ColumnStep.UNIT};

  private static KernelLoop compile(long constant) {
    Expr x = Expr.input(0, DType.FLOAT32);
    return KernelCompiler.compile(Kernel.of(x.mul(x).add(constant)), STEPS);
  }

  @Test
  void theClassIsUnloadedWhenTheLoopIsDropped() {
    KernelLoop kept = compile(1);
    WeakReference<Class<?>> dropped = new WeakReference<>(compile(2).getClass());
    WeakReference<Class<?>> held = new WeakReference<>(kept.getClass());
    collectUntil(() -> dropped.get() == null);
    assertNull(dropped.get());
    assertTrue(held.get() == kept.getClass());
  }

  @Test
  @Tag("full")
  void aFloodOfKernelsLeavesNoClassesBehind() {
    List<WeakReference<Class<?>>> classes = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      classes.add(new WeakReference<>(compile(i).getClass()));
    }
    collectUntil(() -> classes.stream().allMatch(c -> c.get() == null));
    assertTrue(classes.stream().allMatch(c -> c.get() == null));
  }

  /** Collects garbage until something holds, but not for ever. */
  private static void collectUntil(BooleanSupplier done) {
    long end = System.nanoTime() + 20_000_000_000L;
    while (!done.getAsBoolean() && System.nanoTime() < end) {
      System.gc();
    }
  }
}
