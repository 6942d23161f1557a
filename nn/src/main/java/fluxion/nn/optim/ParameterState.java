package fluxion.nn.optim;

import fluxion.api.Autograd;
import fluxion.api.Memory;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an optimiser remembers of a parameter: tensors and numbers by PyTorch's names. */
public final class ParameterState {
  private static final String STEP = "step";

  private final Map<String, Object> entries = new LinkedHashMap<>();

  ParameterState() {}

  /** {@return the number of the step that begins, from 1} */
  public long nextStep() {
    double step = number(STEP, 0) + 1;
    set(STEP, step);
    return (long) step;
  }

  /**
   * {@return whether something is remembered}
   *
   * @param name its name
   */
  public boolean has(String name) {
    return entries.containsKey(name);
  }

  /**
   * {@return a number}
   *
   * @param name its name
   * @param initially what it is as long as it has not been set
   */
  public double number(String name, double initially) {
    return entries.get(name) instanceof Double number ? number : initially;
  }

  /**
   * Remembers a number.
   *
   * @param name its name
   * @param value the number
   */
  public void set(String name, double value) {
    entries.put(name, value);
  }

  /**
   * {@return a tensor like the parameter, at first zeros}
   *
   * @param name its name
   * @param parameter the parameter
   */
  public Tensor tensor(String name, Tensor parameter) {
    return tensor(name, parameter, 0);
  }

  /**
   * {@return a tensor like the parameter}
   *
   * @param name its name
   * @param parameter the parameter
   * @param initially what its elements are at first
   */
  public Tensor tensor(String name, Tensor parameter, double initially) {
    if (entries.get(name) instanceof Tensor tensor) {
      return tensor;
    }
    try (var _ = Autograd.noGrad()) {
      // It outlives the step, whatever scope the caller has opened.
      Tensor made =
          Memory.unscoped(
              initially == 0
                  ? Tensors.zerosLike(parameter)
                  : Tensors.fullLike(parameter, Scalar.of(initially)));
      entries.put(name, made);
      return made;
    }
  }

  /** What is remembered, by name, in order. */
  Map<String, Object> entries() {
    return entries;
  }

  /** Something remembered that is neither a number nor like the parameter. */
  @Nullable Object get(String name) {
    return entries.get(name);
  }

  void put(String name, Object value) {
    entries.put(name, value);
  }
}
