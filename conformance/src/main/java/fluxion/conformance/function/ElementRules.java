package fluxion.conformance.function;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an operator that works element by element must do whatever shape its tensors have, and what
 * every operator must do in other dtypes than that of its samples.
 */
final class ElementRules {
  private ElementRules() {}

  /** Adds a case that tries the samples on which the operator works element by element. */
  private static void elementwise(
      OperatorSubject subject, Cases cases, String name, OperatorSubject.SampleBody body) {
    subject.each(
        cases,
        name,
        (session, sample) -> {
          if (Elementwise.samples(session).contains(sample)) {
            body.run(session, sample);
          }
        });
  }

  @TestOf("F-126")
  static void f126_a_tensor_without_dimensions_counts_as_one_element(
      OperatorSubject subject, Cases cases) {
    elementwise(
        subject,
        cases,
        "the first element alone",
        (session, sample) -> {
          Gradients.Orders one =
              Gradients.Orders.of(session, sample, Elementwise.inShape(sample, Shape.of(1)));
          Gradients.Orders none =
              Gradients.Orders.of(session, sample, Elementwise.inShape(sample, Shape.of()));
          requireShape(Shape.of(), none);
          one.requireSame(flattened(none), "when the tensors have no dimensions");
        });
  }

  @TestOf("F-127")
  static void f127_dimensions_of_size_1_change_no_value(OperatorSubject subject, Cases cases) {
    elementwise(
        subject,
        cases,
        "size 1 in all places",
        (session, sample) -> {
          long count = Elementwise.broadcast(Session.copies(sample)).numel();
          Gradients.Orders flat =
              Gradients.Orders.of(session, sample, Elementwise.inShape(sample, Shape.of(count)));
          for (Shape shape :
              List.of(Shape.of(1, count), Shape.of(count, 1), Shape.of(1, count, 1))) {
            Gradients.Orders found =
                Gradients.Orders.of(session, sample, Elementwise.inShape(sample, shape));
            requireShape(shape, found);
            flat.requireSame(flattened(found), "when the tensors have shape " + shape);
          }
        });
  }

  @TestOf("F-128")
  static void f128_empty_tensors_give_empty_results(OperatorSubject subject, Cases cases) {
    elementwise(
        subject,
        cases,
        "no element",
        (session, sample) -> {
          for (Shape shape : List.of(Shape.of(0), Shape.of(0, 3), Shape.of(2, 0))) {
            requireShape(
                shape, Gradients.Orders.of(session, sample, Elementwise.inShape(sample, shape)));
          }
        });
  }

  private static void requireShape(Shape shape, Gradients.Orders found) {
    for (Tensor result : found.results()) {
      if (!result.shape().equals(shape)) {
        throw new AssertionError(
            "for tensors of shape " + shape + " the result has shape " + result.shape());
      }
    }
    for (Tensor gradient : Gradients.there(found.first())) {
      if (!gradient.shape().equals(shape)) {
        throw new AssertionError(
            "for tensors of shape " + shape + " a gradient has shape " + gradient.shape());
      }
    }
  }

  private static Gradients.Orders flattened(Gradients.Orders orders) {
    return new Gradients.Orders(
        there(flat(orders.results())), flat(orders.first()), flat(orders.second()));
  }

  private static List<Tensor> there(List<@Nullable Tensor> tensors) {
    return Gradients.there(tensors);
  }

  private static List<@Nullable Tensor> flat(List<? extends @Nullable Tensor> tensors) {
    List<@Nullable Tensor> flat = new ArrayList<>();
    for (Tensor tensor : tensors) {
      flat.add(
          tensor == null ? null : Elementwise.reshaped(tensor, 0, Shape.of(tensor.numel()), false));
    }
    return flat;
  }

  @TestOf("F-129")
  static void f129_float32_agrees_with_float64(OperatorSubject subject, Cases cases) {
    subject.each(
        cases,
        "values and gradients",
        (session, sample) -> compare(session, sample, DType.FLOAT32, DType.FLOAT64, 1e-4, 1e-5));
  }

  @TestOf("F-130")
  static void f130_floats_of_16_bits_are_computed_in_float32(OperatorSubject subject, Cases cases) {
    for (DType half : List.of(DType.FLOAT16, DType.BFLOAT16)) {
      // four units in the last place, of 11 and 8 bits
      double unit = half == DType.FLOAT16 ? 0x1p-10 : 0x1p-7;
      subject.each(
          cases,
          half.shortName(),
          (session, sample) -> compare(session, sample, half, DType.FLOAT32, 4 * unit, 4 * unit));
    }
  }

  /**
   * Compares results and gradients in two dtypes, on values that the narrower holds.
   *
   * @param relative the tolerance, as a part of an element
   * @param ofLargest the tolerance besides, as a part of the largest element
   */
  private static void compare(
      Session session,
      Arguments sample,
      DType narrow,
      DType wide,
      double relative,
      double ofLargest) {
    List<Tensor> narrowed = cast(Session.copies(sample), narrow);
    List<Tensor> widened = cast(narrowed, wide);
    Refusal refusal = Refusal.of("the call in " + narrow, () -> session.call(sample, narrowed));
    if (refusal.isRefused()) {
      refusal.requireUseful("the call in " + narrow, Words.of(session, sample, narrow));
      return;
    }
    List<Tensor> found = refusal.results();
    List<Tensor> expected = session.call(sample, widened);
    for (int o = 0; o < expected.size(); o++) {
      compare("result " + o, narrow, expected.get(o), found.get(o), relative, ofLargest);
    }
    List<@Nullable Tensor> expectedGradients = Gradients.of(widened, expected);
    List<@Nullable Tensor> gradients = Gradients.of(narrowed, found);
    for (int i = 0; i < Math.min(expectedGradients.size(), gradients.size()); i++) {
      Tensor e = expectedGradients.get(i);
      Tensor g = gradients.get(i);
      if (e != null && g != null) {
        compare("the gradient of input " + i, narrow, e, g, 4 * relative, 4 * ofLargest);
      }
    }
  }

  private static void compare(
      String what, DType dtype, Tensor expected, Tensor found, double relative, double ofLargest) {
    double largest = Arrays.stream(expected.toDoubleArray()).map(Math::abs).max().orElse(0);
    Close.require(what + " in " + dtype, expected, found, relative, ofLargest * largest);
  }

  /** Tensors with the floating-point ones among them in another dtype, as leaves. */
  static List<Tensor> cast(List<Tensor> tensors, DType dtype) {
    return tensors.stream()
        .map(
            tensor ->
                tensor.dtype().isFloatingPoint()
                    ? Arrangement.CONTIGUOUS.of(tensor, dtype, tensor.device())
                    : tensor)
        .toList();
  }

  @TestOf("F-131")
  static void f131_integers_and_bools_count_as_the_numbers_that_they_are(
      OperatorSubject subject, Cases cases) {
    for (DType dtype : List.of(DType.INT64, DType.INT16, DType.UINT8, DType.BOOL)) {
      elementwise(
          subject,
          cases,
          dtype.shortName(),
          (session, sample) -> {
            List<Tensor> whole = rounded(Session.copies(sample), dtype);
            List<Tensor> floats =
                whole.stream()
                    .map(t -> Arrangement.CONTIGUOUS.of(t, DType.FLOAT64, t.device()))
                    .toList();
            Refusal found = Refusal.of("the call in " + dtype, () -> session.call(sample, whole));
            Refusal expected =
                Refusal.of("the call in float64", () -> session.call(sample, floats));
            found.requireUseful("the call in " + dtype, Words.of(session, sample, dtype));
            if (!found.isRefused() && !expected.isRefused()) {
              compareWhole(dtype, expected.results().getFirst(), found.results().getFirst());
            }
          });
    }
  }

  /** Tensors with the floating-point ones among them rounded to whole numbers of a dtype. */
  private static List<Tensor> rounded(List<Tensor> tensors, DType dtype) {
    List<Tensor> changed = new ArrayList<>();
    for (Tensor tensor : tensors) {
      if (!tensor.dtype().isFloatingPoint()) {
        changed.add(tensor);
        continue;
      }
      double[] values = tensor.toDoubleArray();
      for (int k = 0; k < values.length; k++) {
        values[k] = dtype == DType.BOOL ? k % 2 : 1 + Math.abs(Math.rint(values[k]));
      }
      changed.add(
          Arrangement.CONTIGUOUS.of(
              fluxion.api.Tensors.tensor(
                  values, tensor.shape(), fluxion.api.TensorOptions.of(DType.FLOAT64)),
              dtype,
              tensor.device()));
    }
    return changed;
  }

  /** Whole numbers are what the float64 gives, cut; truth values whether that differs from 0. */
  private static void compareWhole(DType dtype, Tensor expected, Tensor found) {
    double[] wanted = expected.toDoubleArray();
    double[] got = found.toDoubleArray();
    for (int i = 0; i < wanted.length; i++) {
      double allowed = 0;
      double value = wanted[i];
      switch (found.dtype().category()) {
        case BOOL -> value = value != 0 ? 1 : 0;
        case INTEGRAL -> value = wrapped((long) value, found.dtype());
        case FLOATING -> allowed = 1e-5 * Math.abs(value);
      }
      Close.require("the result in " + dtype, i, value, got[i], allowed);
    }
  }

  /** A whole number as an integer of some bits holds it. */
  private static long wrapped(long value, DType dtype) {
    int spare = Long.SIZE - 8 * dtype.bytes();
    return dtype == DType.UINT8 ? value << spare >>> spare : value << spare >> spare;
  }

  @TestOf("F-133")
  static void f133_results_are_the_same_whatever_is_recorded(OperatorSubject subject, Cases cases) {
    if (!subject.operator().isDifferentiable()) {
      return;
    }
    subject.each(
        cases,
        "inputs with and without gradient",
        (session, sample) -> {
          List<Tensor> recorded = Session.copies(sample);
          List<Tensor> plain = recorded.stream().map(Arrangement.CONTIGUOUS::of).toList();
          List<Tensor> constants = plain.stream().map(Tensor::detach).toList();
          List<Tensor> results = session.call(sample, constants);
          Gradients.requireSame(
              "result",
              session.call(sample, recorded),
              results,
              "when no input requires a gradient");
          Optional<Tensor> marked = results.stream().filter(Tensor::requiresGrad).findFirst();
          if (marked.isPresent()) {
            throw new AssertionError(
                "a result requires a gradient, though no input does: " + marked.get().shape());
          }
        });
  }
}
