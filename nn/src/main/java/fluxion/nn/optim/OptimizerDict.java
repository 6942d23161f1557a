package fluxion.nn.optim;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.Memory;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Optimisers' state dicts, as PyTorch has them. */
final class OptimizerDict {
  private static final String STATE = "state";
  private static final String GROUPS = "param_groups";
  private static final String PARAMETERS = "params";

  /** How PyTorch computes a step, which has no counterpart here. */
  private static final Set<String> WAYS_TO_STEP =
      Set.of("capturable", "differentiable", "foreach", "fused");

  private OptimizerDict() {}

  // ---- saving

  static Map<String, Object> save(Optimizer optimizer) {
    Map<Long, Object> state = new LinkedHashMap<>();
    List<Map<String, @Nullable Object>> groups = new ArrayList<>();
    long number = 0;
    for (ParameterGroup group : optimizer.groups()) {
      List<Long> numbers = new ArrayList<>();
      for (Tensor parameter : group.parameters()) {
        ParameterState remembered = optimizer.stateOrNull(parameter);
        if (remembered != null && !remembered.entries().isEmpty()) {
          state.put(number, optimizer.save(remembered));
        }
        numbers.add(number++);
      }
      Map<String, @Nullable Object> saved = new LinkedHashMap<>(group.values());
      saved.put(PARAMETERS, numbers);
      groups.add(saved);
    }
    Map<String, Object> dict = new LinkedHashMap<>();
    dict.put(STATE, state);
    dict.put(GROUPS, groups);
    return dict;
  }

  /** Numbers are saved as tensors of one element, which PyTorch takes whatever its version. */
  static Map<String, Object> saved(ParameterState remembered) {
    Map<String, Object> entries = new LinkedHashMap<>();
    remembered
        .entries()
        .forEach(
            (name, value) ->
                entries.put(name, value instanceof Double number ? scalar(number) : value));
    return entries;
  }

  /** In float32, as PyTorch has it, unless that would lose digits. */
  private static Tensor scalar(double number) {
    float narrow = (float) number;
    return Memory.unscoped(narrow == number ? Tensors.tensor(narrow) : Tensors.tensor(number));
  }

  // ---- loading

  static Runnable prepare(Optimizer optimizer, Map<?, ?> dict) {
    List<ParameterGroup> groups = optimizer.groups();
    List<SavedGroup> saved = groupsOf(dict, groups);
    List<String> problems = new ArrayList<>();
    List<Runnable> changes = new ArrayList<>();
    Map<Long, Tensor> byNumber = new LinkedHashMap<>();
    for (int i = 0; i < groups.size(); i++) {
      ParameterGroup group = groups.get(i);
      List<?> numbers = saved.get(i).numbers();
      for (int j = 0; j < numbers.size(); j++) {
        byNumber.put(Values.toNumber(numbers.get(j)).longValue(), group.parameters().get(j));
      }
      String where = "param_groups[" + i + "]";
      changes.add(group(group, saved.get(i).values(), text -> problems.add(where + text)));
    }
    IdentityHashMap<Tensor, ParameterState> state = new IdentityHashMap<>();
    if (dict.get(STATE) instanceof Map<?, ?> states) {
      states.forEach(
          (number, entries) -> {
            Consumer<String> problem = text -> problems.add("state[" + number + "]" + text);
            Tensor parameter = byNumber.get(Values.toNumber(number).longValue());
            if (parameter == null) {
              problem.accept(": no group has this parameter");
            } else if (entries instanceof Map<?, ?> map) {
              state.put(parameter, optimizer.load(map, parameter, problem));
            } else {
              problem.accept(": expected a map, found " + Values.kind(entries));
            }
          });
    } else {
      problems.add("state: expected a map, found " + Values.kind(dict.get(STATE)));
    }
    if (!problems.isEmpty()) {
      throw new ArgumentException(
          "loaded state dict does not fit "
              + optimizer.getClass().getSimpleName()
              + ":\n\t"
              + String.join("\n\t", problems));
    }
    changes.add(() -> optimizer.replaceState(state));
    return () -> changes.forEach(Runnable::run);
  }

  private record SavedGroup(Map<?, ?> values, List<?> numbers) {}

  /** The saved groups, as many and as large as those that there are. */
  private static List<SavedGroup> groupsOf(Map<?, ?> dict, List<ParameterGroup> groups) {
    List<SavedGroup> saved = new ArrayList<>();
    if (!(dict.get(GROUPS) instanceof List<?> list)) {
      throw new ArgumentException(
          "param_groups: expected a list, found " + Values.kind(dict.get(GROUPS)));
    }
    if (list.size() != groups.size()) {
      throw new ArgumentException("loaded state dict has a different number of parameter groups");
    }
    for (int i = 0; i < groups.size(); i++) {
      if (!(list.get(i) instanceof Map<?, ?> group
          && group.get(PARAMETERS) instanceof List<?> numbers
          && numbers.size() == groups.get(i).parameters().size())) {
        throw new ArgumentException(
            "loaded state dict contains a parameter group that doesn't match the size of"
                + " optimizer's group");
      }
      saved.add(new SavedGroup(group, numbers));
    }
    return saved;
  }

  /** Options that are not in the dict stay as they are. */
  private static Runnable group(ParameterGroup group, Map<?, ?> saved, Consumer<String> problem) {
    SortedMap<String, @Nullable Object> values = new TreeMap<>(group.options().values());
    SortedMap<String, @Nullable Object> notes = new TreeMap<>();
    saved.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          try {
            if (values.containsKey(name)) {
              values.put(name, Values.like(values.get(name), value));
            } else if (!name.equals(PARAMETERS) && !WAYS_TO_STEP.contains(name)) {
              notes.put(name, Values.toNumber(value));
            }
          } catch (ArgumentException e) {
            problem.accept("." + name + ": " + e.getMessage());
          }
        });
    OptimizerOptions<?> options = group.options().remade(values);
    try {
      options.check();
    } catch (ArgumentException e) {
      problem.accept(": " + e.getMessage());
    }
    return () -> group.restore(options, notes);
  }

  static ParameterState loaded(
      StateLayout layout, Map<?, ?> saved, Tensor parameter, Consumer<String> problem) {
    ParameterState state = new ParameterState();
    saved.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          boolean optional = layout.optional().contains(name);
          if (layout.numbers().contains(name)) {
            try {
              state.set(name, Values.toNumber(value).doubleValue());
            } catch (ArgumentException e) {
              problem.accept("." + name + ": " + e.getMessage());
            }
          } else if (optional || layout.tensors().contains(name)) {
            if (value instanceof Tensor tensor && tensor.shape().equals(parameter.shape())) {
              state.put(name, copy(tensor, parameter));
            } else if (value != null || !optional) {
              problem.accept(
                  "."
                      + name
                      + ": expected a tensor of the parameter's shape "
                      + parameter.shape()
                      + ", found "
                      + Values.kind(value));
            }
          } else {
            problem.accept("." + name + ": unexpected");
          }
        });
    if (!saved.isEmpty()) {
      for (Set<String> required : List.of(layout.numbers(), layout.tensors())) {
        required.stream()
            .filter(name -> !saved.containsKey(name))
            .sorted()
            .forEach(name -> problem.accept("." + name + ": missing"));
      }
    }
    return state;
  }

  /** A copy of the parameter's dtype, on its device. */
  static Tensor copy(Tensor tensor, Tensor parameter) {
    try (var _ = Autograd.noGrad()) {
      return Memory.unscoped(tensor.detach().to(parameter.dtype()).to(parameter.device()).clone());
    }
  }
}
