package fluxion.conformance.function;

import fluxion.api.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A call of an operator as a program in Java that makes it again and prints what it gives and the
 * gradients. It holds the values that the arguments had before the call, which may overwrite them.
 */
public final class Reproducer {
  private static final String BEGIN =
      """
      import fluxion.api.*;
      import java.util.*;

      void main() {
      """;

  private static final String END =
      """
        List<Tensor> outputs = new ArrayList<>();
        List<Tensor> cotangents = new ArrayList<>();
        for (Tensor result : results) {
          show("result", result);
          if (result.requiresGrad()) {
            outputs.add(result);
            cotangents.add(cotangent(result));
          }
        }
        if (!outputs.isEmpty()) {
          Autograd.backward(outputs, cotangents, false, false);
        }
      """;

  private static final String HELPERS =
      """
      }

      void show(String name, Tensor t) {
        IO.println(name + " = " + t);
        if (t != null && t.dtype().isFloatingPoint()) {
          IO.println("  exactly " + t.shape() + " " + Arrays.toString(t.toDoubleArray()));
        }
      }

      // weights that differ, so that no gradient cancels
      Tensor cotangent(Tensor t) {
        double[] weights = new double[(int) t.numel()];
        for (int i = 0; i < weights.length; i++) {
          weights[i] = 0.5 + (i * 5 % 8) / 8.0;
        }
        return Tensors.tensor(weights, t.shape(), TensorOptions.of(t.dtype()).device(t.device()));
      }
      """;

  private static final String ELIDED =
      """

      // stand for values that are too many to be written here
      double[] likeDoubles(int n) {
        return new SplittableRandom(n).doubles(n, -2, 2).toArray();
      }

      long[] likeLongs(int n) {
        return new long[n];
      }
      """;

  private final String operator;
  private final List<@Nullable Object> arguments;
  private final Map<String, @Nullable Object> named;
  private final boolean onCopy;

  private Reproducer(
      String operator,
      List<@Nullable Object> arguments,
      Map<String, @Nullable Object> named,
      boolean onCopy) {
    this.operator = operator;
    this.arguments = arguments;
    this.named = named;
    this.onCopy = onCopy;
  }

  /**
   * {@return the program for a call that is about to be made}
   *
   * @param operator the operator's name
   * @param arguments its positional arguments
   * @param named further arguments by name
   */
  public static Reproducer of(
      String operator, List<? extends @Nullable Object> arguments, Map<String, ?> named) {
    List<@Nullable Object> copied = new ArrayList<>();
    arguments.forEach(argument -> copied.add(copy(argument)));
    Map<String, @Nullable Object> copiedByName = new TreeMap<>();
    named.forEach((name, argument) -> copiedByName.put(name, copy(argument)));
    return new Reproducer(operator, copied, copiedByName, false);
  }

  private static @Nullable Object copy(@Nullable Object argument) {
    return switch (argument) {
      case null -> null;
      case Tensor tensor -> TensorText.of(tensor);
      case Tensor[] tensors -> copy(Arrays.asList(tensors));
      case List<?> list -> {
        List<@Nullable Object> copied = new ArrayList<>();
        list.forEach(item -> copied.add(copy(item)));
        yield Collections.unmodifiableList(copied);
      }
      default -> argument;
    };
  }

  /** The program for a call that writes into a copy of its first tensor. */
  Reproducer onCopy() {
    return new Reproducer(operator, arguments, named, true);
  }

  /** {@return the program, as a source file that {@code java} runs} */
  public String java() {
    List<TensorText> tensors = new ArrayList<>();
    String positional =
        arguments.stream()
            .map(argument -> text(argument, tensors))
            .collect(Collectors.joining(", ", "Arrays.asList(", ")"))
            // alone it would be taken for an absent array
            .replace("asList(null)", "asList((Object) null)");
    String byName =
        named.entrySet().stream()
            .map(e -> '"' + e.getKey() + "\", " + text(e.getValue(), tensors))
            .collect(Collectors.joining(", ", "Map.of(", ")"));
    StringBuilder program = new StringBuilder(BEGIN);
    for (int i = 0; i < tensors.size(); i++) {
      program.append("  Tensor x%d =\n      %s;\n".formatted(i, tensors.get(i).java()));
    }
    program.append(
        "  List<Tensor> results = Ops.callAll(\"%s\", %s, %s);\n"
            .formatted(operator, positional, byName));
    program.append(END);
    for (int i = 0; i < tensors.size(); i++) {
      if (tensors.get(i).requiresGrad()) {
        program.append("  show(\"gradient of x%d\", x%d.grad());\n".formatted(i, i));
      }
    }
    program.append(HELPERS);
    if (tensors.stream().anyMatch(TensorText::isElided)) {
      program.append(ELIDED);
    }
    return program.toString();
  }

  /** An argument, a tensor by the name of its variable. */
  private String text(@Nullable Object argument, List<TensorText> tensors) {
    return switch (argument) {
      case TensorText tensor -> {
        tensors.add(tensor);
        boolean first = tensors.size() == 1;
        yield "x" + (tensors.size() - 1) + (first && onCopy ? ".clone()" : "");
      }
      case List<?> list ->
          list.stream()
              .map(item -> text(item, tensors))
              .collect(Collectors.joining(", ", "Arrays.asList(", ")"));
      case null, default -> Literals.of(argument);
    };
  }
}
