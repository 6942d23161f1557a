package fluxion.conformance.fuzz.program;

import fluxion.api.DType;
import fluxion.api.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A statement of a program: it gives one tensor. */
sealed interface Statement {
  /** A tensor of given values. */
  record Leaf(DType dtype, Shape shape, List<Double> values, boolean requiresGrad)
      implements Statement {
    public Leaf {
      values = List.copyOf(values);
    }

    double[] array() {
      return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public String java() {
      return "Tensors.tensor(new double[] {%s}, %s, TensorOptions.of(DType.%s).device(device)%s)"
          .formatted(
              JavaText.of(array()),
              JavaText.of(shape),
              dtype.name(),
              requiresGrad ? ".requiresGrad(true)" : "");
    }
  }

  /**
   * A call of an operator.
   *
   * @param operator its name
   * @param arguments the positional arguments
   * @param named further arguments by name
   * @param result which of its results is given, or {@link #ONLY} if it has one
   * @param sampled whether the operator is known by its samples alone: how far rounding errors of
   *     its arguments reach, only a call on disturbed ones can tell
   */
  record Call(
      String operator,
      List<Argument> arguments,
      Map<String, Argument> named,
      int result,
      boolean sampled)
      implements Statement {
    /** For an operator of one result. */
    static final int ONLY = -1;

    public Call {
      arguments = List.copyOf(arguments);
      named = new TreeMap<>(named);
    }

    /** A call of an operator of which more is known. */
    Call(String operator, List<Argument> arguments, Map<String, Argument> named, int result) {
      this(operator, arguments, named, result, false);
    }

    /** The statements whose tensors it takes. */
    List<Integer> slots() {
      List<Integer> slots = new ArrayList<>();
      for (Argument argument : arguments) {
        switch (argument) {
          case Argument.Slot slot -> slots.add(slot.index());
          case Argument.Slots several -> slots.addAll(several.indices());
          case Argument.Value _ -> {}
        }
      }
      return slots;
    }

    /** Whether it writes into its first argument. */
    boolean inPlace() {
      return operator.endsWith("_");
    }

    @Override
    public String java() {
      String values = arguments.stream().map(Argument::java).collect(Collectors.joining(", "));
      if (named.isEmpty() && result == ONLY) {
        return "Ops.call(\"%s\", %s)".formatted(operator, values);
      }
      String names =
          named.entrySet().stream()
              .map(e -> '"' + e.getKey() + "\", " + e.getValue().java())
              .collect(Collectors.joining(", "));
      return "Ops.callAll(\"%s\", Arrays.asList(%s), Map.of(%s)).get(%d)"
          .formatted(operator, values, names, Math.max(result, 0));
    }
  }

  /** The expression in Java. */
  String java();
}
