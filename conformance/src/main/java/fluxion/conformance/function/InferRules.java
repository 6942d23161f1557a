package fluxion.conformance.function;

import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.TensorSpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What functions say of their results without data, against the results. */
final class InferRules {
  private InferRules() {}

  /** What is asked of one application of a function that can tell. */
  @FunctionalInterface
  private interface Comparison {
    void compare(String function, TensorSpec[] inferred, Tensor[] results);
  }

  /** Adds a case that watches the functions that a call and its backward pass apply. */
  private static void inferred(
      OperatorSubject subject, Cases cases, String name, Comparison comparison) {
    subject.each(
        cases,
        name,
        (session, sample) ->
            Functions.observing(
                (function, inputs, results) -> {
                  Optional<TensorSpec[]> inferred = function.infer(specs(inputs));
                  if (inferred.isPresent()) {
                    comparison.compare(function.name(), inferred.get(), results);
                  }
                },
                () -> Gradients.Orders.of(session, sample, Session.copies(sample))));
  }

  private static @Nullable TensorSpec[] specs(@Nullable Tensor[] tensors) {
    @Nullable TensorSpec[] specs = new @Nullable TensorSpec[tensors.length];
    for (int i = 0; i < specs.length; i++) {
      Tensor tensor = tensors[i];
      specs[i] = tensor == null ? null : TensorSpec.of(tensor);
    }
    return specs;
  }

  @TestOf("F-521")
  static void f521_inferred_shapes_are_those_of_the_results(OperatorSubject subject, Cases cases) {
    inferred(
        subject,
        cases,
        "shapes",
        (function, inferred, results) -> {
          if (inferred.length != results.length) {
            throw new AssertionError(
                "%s infers %d results and gives %d"
                    .formatted(function, inferred.length, results.length));
          }
          for (int o = 0; o < results.length; o++) {
            Shape shape = inferred[o].shape();
            if (!shape.equals(results[o].shape())) {
              throw new AssertionError(
                  "%s infers shape %s for result %d, which has %s"
                      .formatted(function, shape, o, results[o].shape()));
            }
          }
        });
  }

  @TestOf("F-522")
  static void f522_inferred_dtypes_are_those_of_the_results(OperatorSubject subject, Cases cases) {
    inferred(
        subject,
        cases,
        "dtypes",
        (function, inferred, results) -> {
          for (int o = 0; o < Math.min(inferred.length, results.length); o++) {
            if (inferred[o].dtype() != results[o].dtype()) {
              throw new AssertionError(
                  "%s infers dtype %s for result %d, which has %s"
                      .formatted(function, inferred[o].dtype(), o, results[o].dtype()));
            }
          }
        });
  }

  @TestOf("F-523")
  static void f523_a_function_can_infer_other_sizes(OperatorSubject subject, Cases cases) {
    subject.each(
        cases,
        "twice the first size",
        (session, sample) ->
            Functions.observing(
                (function, inputs, results) -> inferLarger(function, inputs),
                () -> session.call(sample, Session.copies(sample))));
  }

  /** Infers for larger tensors, of which none is there: only a function that reads none can. */
  private static void inferLarger(Function function, @Nullable Tensor[] inputs) {
    @Nullable TensorSpec[] specs = specs(inputs);
    for (int i = 0; i < specs.length; i++) {
      TensorSpec spec = specs[i];
      if (spec != null && spec.shape().dim() > 0) {
        long[] sizes = spec.shape().toArray();
        sizes[0] *= 2;
        specs[i] = new TensorSpec(Shape.of(sizes), spec.dtype(), spec.device());
      }
    }
    try {
      function.infer(specs);
    } catch (fluxion.api.FluxionException e) {
      return; // sizes that do not fit are refused, as a call refuses them
    }
  }
}
