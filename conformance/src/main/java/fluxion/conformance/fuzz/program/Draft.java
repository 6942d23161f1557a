package fluxion.conformance.fuzz.program;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.conformance.fuzz.ByteSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A program while it is made: the statements so far, and what is known of their tensors. */
final class Draft {
  /** Tensors stay this small, so that many programs run in a second. */
  static final int MOST_ELEMENTS = 600;

  static final int MOST_DIMS = 4;
  private static final int DECIDED_ELEMENTS = 8;
  private static final long[] SIZES = {2, 3, 1, 4, 5, 7, 8, 17, 33, 0};
  private static final double[] SPECIAL = {
    0, -0.0, 1, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e30, -1e-40
  };

  private final ByteSource source;
  private final long[] sizes = new long[3];
  private final boolean special;
  private final List<Statement> statements = new ArrayList<>();
  private final List<Known> known = new ArrayList<>();
  private int calls;

  Draft(ByteSource source) {
    this.source = source;
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = SIZES[source.below(SIZES.length)];
    }
    special = source.below(4) == 3;
  }

  // ---- decisions

  int below(int bound) {
    return source.below(bound);
  }

  boolean flip() {
    return source.below(2) == 1;
  }

  @SafeVarargs
  final <T> T pick(T... choices) {
    return choices[source.below(choices.length)];
  }

  /** A tensor there is, rather a late one, so that programs grow deep. */
  Known any() {
    return from(known);
  }

  /** A tensor with a property, if there is one. */
  Optional<Known> any(Predicate<Known> property) {
    List<Known> fitting = known.stream().filter(property).toList();
    return fitting.isEmpty() ? Optional.empty() : Optional.of(from(fitting));
  }

  private Known from(List<Known> choices) {
    int most = Math.min(choices.size(), 256);
    int back = source.below(most);
    return choices.get(choices.size() - 1 - (flip() ? back : back % Math.min(4, most)));
  }

  /** A dimension of a tensor that has some; now and then counted from behind. */
  int dim(Known tensor) {
    int dim = below(tensor.dim());
    return flip() ? dim : dim - tensor.dim();
  }

  Shape shape() {
    long[] chosen = new long[below(MOST_DIMS)];
    for (int d = 0; d < chosen.length; d++) {
      chosen[d] = below(4) == 3 ? 1 : sizes[below(sizes.length)];
    }
    Shape shape = Shape.of(chosen);
    return shape.numel() <= MOST_ELEMENTS ? shape : Shape.of(chosen[0]);
  }

  /** A number, whole or not. */
  Argument.Value number(DType dtype) {
    return dtype.isFloatingPoint() && flip()
        ? new Argument.Value(pick(0.5, -1.5, 2.0, 0.0, 1.25, -3.0))
        : new Argument.Value(pick(1L, 2L, -1L, 3L, 0L));
  }

  // ---- statements

  /** A tensor of decided values. */
  Known leaf(Shape shape, DType dtype, boolean requiresGrad) {
    double[] values = new double[Math.toIntExact(shape.numel())];
    int[] decided = new int[Math.min(values.length, DECIDED_ELEMENTS)];
    Arrays.setAll(decided, i -> source.next());
    Arrays.setAll(values, i -> value(dtype, (decided[i % DECIDED_ELEMENTS] + 37 * (i / 8)) & 0xff));
    return add(statement(dtype, shape, values, requiresGrad), shape, dtype, !requiresGrad);
  }

  /** A tensor of given values. */
  Known leaf(Shape shape, DType dtype, double[] values, boolean requiresGrad) {
    return add(statement(dtype, shape, values, requiresGrad), shape, dtype, !requiresGrad);
  }

  /** A tensor of indices from 0 up to a bound. */
  Known indices(Shape shape, long bound) {
    double[] values = new double[Math.toIntExact(shape.numel())];
    int first = source.next();
    Arrays.setAll(values, i -> (first + 5L * i * i) % bound);
    return add(statement(DType.INT64, shape, values, false), shape, DType.INT64, true);
  }

  private static Statement.Leaf statement(
      DType dtype, Shape shape, double[] values, boolean requiresGrad) {
    return new Statement.Leaf(dtype, shape, Arrays.stream(values).boxed().toList(), requiresGrad);
  }

  private double value(DType dtype, int code) {
    return switch (dtype.category()) {
      case BOOL -> code & 1;
      case INTEGRAL -> dtype == DType.UINT8 ? code % 9 : code % 13 - 6;
      case FLOATING ->
          special && code % 3 == 0 ? SPECIAL[code / 3 % SPECIAL.length] : (code - 128) / 64.0;
    };
  }

  /** A call with a result of its own memory. */
  void call(String operator, Shape shape, DType dtype, Argument... arguments) {
    call(operator, shape, dtype, Map.of(), Statement.Call.ONLY, arguments);
  }

  /** A call with a result of its own memory, one of several perhaps. */
  void call(
      String operator,
      Shape shape,
      DType dtype,
      Map<String, Argument> named,
      int result,
      Argument... arguments) {
    if (shape.numel() <= MOST_ELEMENTS) {
      add(new Statement.Call(operator, List.of(arguments), named, result), shape, dtype, true);
    }
  }

  /** A call whose result shares a tensor's memory, or may. */
  void view(String operator, Known of, Shape shape, Argument... arguments) {
    view(operator, of, shape, of.writable(), Statement.Call.ONLY, arguments);
  }

  void view(
      String operator, Known of, Shape shape, boolean writable, int result, Argument... arguments) {
    if (shape.numel() <= MOST_ELEMENTS && shape.dim() <= MOST_DIMS) {
      Argument[] all = new Argument[arguments.length + 1];
      all[0] = slot(of);
      System.arraycopy(arguments, 0, all, 1, arguments.length);
      add(
          new Statement.Call(operator, List.of(all), Map.of(), result),
          shape,
          of.dtype(),
          writable);
    }
  }

  /** A call of an operator on its own sample. */
  void sampled(SampledCall call, List<Argument> arguments, int result) {
    SampledCall.Result given = call.results().get(result);
    add(
        new Statement.Call(call.operator(), arguments, Map.of(), result, !call.view()),
        given.shape(),
        given.dtype(),
        false);
  }

  /** Such a call that writes into its first argument. */
  void sampledInPlace(SampledCall call, Known target, List<Argument> others) {
    List<Argument> arguments = new ArrayList<>();
    arguments.add(slot(target));
    arguments.addAll(others);
    add(
        new Statement.Call(call.operator(), arguments, Map.of(), Statement.Call.ONLY, true),
        target.shape(),
        target.dtype(),
        target.writable());
  }

  /** A call that writes into its first argument. */
  void inPlace(String operator, Known target, Argument... arguments) {
    view(operator, target, target.shape(), arguments);
  }

  private Known add(Statement statement, Shape shape, DType dtype, boolean writable) {
    Known result = new Known(known.size(), shape, dtype, writable);
    statements.add(statement);
    calls += statement instanceof Statement.Call ? 1 : 0;
    known.add(result);
    return result;
  }

  List<Known> known() {
    return known;
  }

  int calls() {
    return calls;
  }

  /** The tensor of the last statement. */
  Known last() {
    return known.getLast();
  }

  Program finish() {
    List<Integer> used = new ArrayList<>();
    for (Statement statement : statements) {
      if (statement instanceof Statement.Call call) {
        used.addAll(call.slots());
      }
    }
    List<Integer> outputs =
        known.stream()
            .filter(Known::isFloat)
            .map(Known::slot)
            .filter(slot -> !used.contains(slot) || slot % 7 == 3)
            .filter(slot -> statements.get(slot) instanceof Statement.Call)
            .toList();
    return new Program(statements, outputs);
  }

  static Argument.Slot slot(Known known) {
    return new Argument.Slot(known.slot());
  }

  static Argument.Value value(@Nullable Object value) {
    return new Argument.Value(value);
  }

  static Argument.Value value(long value) {
    return new Argument.Value(value);
  }
}
