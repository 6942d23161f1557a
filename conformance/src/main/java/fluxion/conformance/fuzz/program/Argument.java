package fluxion.conformance.fuzz.program;

import fluxion.api.DType;
import fluxion.api.Tensor;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An argument of a call in a program. */
sealed interface Argument {
  /** What an earlier statement gave. */
  record Slot(int index) implements Argument {
    @Override
    public Object in(IntFunction<Tensor> values) {
      return values.apply(index);
    }

    @Override
    public String java() {
      return "t" + index;
    }
  }

  /** What some earlier statements gave. */
  record Slots(List<Integer> indices) implements Argument {
    public Slots {
      indices = List.copyOf(indices);
    }

    @Override
    public Object in(IntFunction<Tensor> values) {
      return indices.stream().map(values::apply).toList();
    }

    @Override
    public String java() {
      return indices.stream().map(i -> "t" + i).collect(Collectors.joining(", ", "List.of(", ")"));
    }
  }

  /** A number, truth value, text, dtype, list of integers, or nothing. */
  record Value(@Nullable Object value) implements Argument {
    @Override
    public @Nullable Object in(IntFunction<Tensor> values) {
      return value;
    }

    @Override
    public String java() {
      return java(value);
    }

    private static String java(@Nullable Object value) {
      return switch (value) {
        case null -> "null";
        case Long number -> number + "L";
        case Double number -> JavaText.of(number);
        case String text -> '"' + text + '"';
        case DType dtype -> "DType." + dtype.name();
        case List<?> list ->
            list.stream().map(Value::java).collect(Collectors.joining(", ", "Arrays.asList(", ")"));
        default -> value.toString();
      };
    }
  }

  /**
   * What is passed, given what the statements before gave.
   *
   * @param values gives the tensor of a statement, and is asked for each use of it
   */
  @Nullable Object in(IntFunction<Tensor> values);

  /** The expression in Java. */
  String java();
}
