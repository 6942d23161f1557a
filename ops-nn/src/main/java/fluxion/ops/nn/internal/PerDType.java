package fluxion.ops.nn.internal;

import fluxion.api.DType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** What is made once for each dtype, when it is first asked for. */
final class PerDType<T> {
  private final Function<DType, T> maker;
  private final Map<DType, T> made = new ConcurrentHashMap<>();

  PerDType(Function<DType, T> maker) {
    this.maker = maker;
  }

  /** What there is for a dtype. */
  T of(DType dtype) {
    return made.computeIfAbsent(dtype, maker);
  }
}
