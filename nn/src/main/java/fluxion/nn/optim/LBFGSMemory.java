package fluxion.nn.optim;

import fluxion.api.ArgumentException;
import fluxion.api.Memory;
import fluxion.api.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What L-BFGS remembers from one iteration, and one step, to the next. */
final class LBFGSMemory {
  /** Under which it lies in the state of the first parameter. */
  static final String KEY = "memory";

  long evaluations;
  long iterations;
  double length;
  double loss;
  @Nullable Tensor direction;
  @Nullable Tensor gradient;

  /** How gradients changed in earlier iterations, and by which steps. */
  private final List<Tensor> changes = new ArrayList<>();

  private final List<Tensor> steps = new ArrayList<>();

  /** One over the products of the two. */
  private final List<Double> weights = new ArrayList<>();

  private double scale = 1;

  /** What a state has, made if it is not there. */
  static LBFGSMemory of(ParameterState state) {
    if (state.get(KEY) instanceof LBFGSMemory memory) {
      return memory;
    }
    LBFGSMemory made = new LBFGSMemory();
    state.put(KEY, made);
    return made;
  }

  void forget() {
    changes.clear();
    steps.clear();
    weights.clear();
    scale = 1;
  }

  /** Learns from the last iteration, of which the gradient is what came. */
  void learn(Tensor now, double leastCurvature, int historySize) {
    Tensor before = gradient;
    Tensor last = direction;
    if (before == null || last == null) {
      return;
    }
    Tensor change = now.sub(before);
    Tensor step = last.mul(length);
    double curvature = change.dot(step).item();
    if (curvature > leastCurvature) {
      if (steps.size() == historySize && historySize > 0) {
        changes.removeFirst();
        steps.removeFirst();
        weights.removeFirst();
      }
      changes.add(Memory.unscoped(change));
      steps.add(Memory.unscoped(step));
      weights.add(1 / curvature);
      scale = curvature / change.dot(change).item();
    }
  }

  /** A vector divided by the curvature, by the recursion with two loops; the vector is used up. */
  Tensor divide(Tensor vector) {
    int known = steps.size();
    double[] parts = new double[known];
    for (int i = known - 1; i >= 0; i--) {
      parts[i] = steps.get(i).dot(vector).item() * weights.get(i);
      vector.add_(changes.get(i), -parts[i]);
    }
    Tensor result = vector.mul(scale);
    for (int i = 0; i < known; i++) {
      double part = changes.get(i).dot(result).item() * weights.get(i);
      result.add_(steps.get(i), parts[i] - part);
    }
    return result;
  }

  // ---- as PyTorch's state dict has it

  Map<String, Object> save() {
    Map<String, Object> saved = new LinkedHashMap<>();
    saved.put("func_evals", evaluations);
    saved.put("n_iter", iterations);
    if (direction != null && gradient != null) {
      saved.put("d", direction);
      saved.put("t", length);
      saved.put("old_dirs", List.copyOf(changes));
      saved.put("old_stps", List.copyOf(steps));
      saved.put("ro", List.copyOf(weights));
      saved.put("H_diag", scale);
      saved.put("prev_flat_grad", gradient);
      saved.put("prev_loss", loss);
    }
    return saved;
  }

  /**
   * What was saved, for vectors of a size; {@code al}, which PyTorch saves too, is computed anew.
   */
  static LBFGSMemory load(Map<?, ?> saved, long size, Tensor parameter, Consumer<String> problem) {
    Reader reader = new Reader(saved, size, parameter, problem);
    LBFGSMemory memory = new LBFGSMemory();
    memory.evaluations = (long) reader.number("func_evals");
    memory.iterations = (long) reader.number("n_iter");
    if (saved.containsKey("d")) {
      memory.direction = reader.vector("d", saved.get("d"));
      memory.gradient = reader.vector("prev_flat_grad", saved.get("prev_flat_grad"));
      memory.length = reader.number("t");
      memory.loss = reader.number("prev_loss");
      memory.scale = reader.number("H_diag");
      reader.list("old_dirs", vector -> memory.changes.add(reader.vector("old_dirs", vector)));
      reader.list("old_stps", vector -> memory.steps.add(reader.vector("old_stps", vector)));
      reader.list("ro", weight -> memory.weights.add(reader.number("ro", weight)));
      if (memory.steps.size() != memory.changes.size()
          || memory.steps.size() != memory.weights.size()) {
        problem.accept(": old_dirs, old_stps and ro are not of one length");
      }
    }
    return memory;
  }

  /** Reads entries and notes what is wrong. */
  private record Reader(Map<?, ?> saved, long size, Tensor parameter, Consumer<String> problem) {
    double number(String name) {
      return number(name, saved.get(name));
    }

    double number(String name, @Nullable Object value) {
      try {
        return Values.toNumber(value).doubleValue();
      } catch (ArgumentException e) {
        problem.accept("." + name + ": " + e.getMessage());
        return 0;
      }
    }

    Tensor vector(String name, @Nullable Object value) {
      if (value instanceof Tensor vector && vector.dim() == 1 && vector.numel() == size) {
        return OptimizerDict.copy(vector, parameter);
      }
      problem.accept(
          "."
              + name
              + ": expected a vector of all parameters' "
              + size
              + " elements, found "
              + Values.kind(value));
      return parameter;
    }

    void list(String name, Consumer<@Nullable Object> reader) {
      if (saved.get(name) instanceof List<?> list) {
        list.forEach(reader);
      } else {
        problem.accept("." + name + ": expected a list, found " + Values.kind(saved.get(name)));
      }
    }
  }
}
