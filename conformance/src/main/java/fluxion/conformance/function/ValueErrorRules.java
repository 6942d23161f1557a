package fluxion.conformance.function;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls whose arguments are of the right kind but of shapes, dtypes or values that do not fit. */
final class ValueErrorRules {
  private static final List<Shape> SHAPES =
      List.of(
          Shape.of(),
          Shape.of(0),
          Shape.of(1),
          Shape.of(7),
          Shape.of(1, 1),
          Shape.of(5, 7),
          Shape.of(0, 11),
          Shape.of(2, 1, 3, 1));

  private static final List<Long> INTEGERS = List.of(-100L, -1L, 0L, 100L, Long.MAX_VALUE);

  private static final List<List<Long>> LISTS =
      List.of(List.of(), List.of(-100L), List.of(100L), List.of(0L, 0L), List.of(-1L, -1L));

  private static final List<Scalar> NUMBERS =
      List.of(
          Scalar.of(0L),
          Scalar.of(-1.5),
          Scalar.of(Double.NaN),
          Scalar.of(Double.POSITIVE_INFINITY),
          Scalar.of(Long.MIN_VALUE),
          Scalar.of(true));

  private ValueErrorRules() {}

  /**
   * Calls the operator on inputs that may not fit, and asks that it gives results or refuses; and
   * that a refusal is useful and leaves the inputs as they are.
   */
  private static Refusal attempt(
      Session session, String what, List<Tensor> inputs, List<@Nullable Object> arguments) {
    List<Tensor> written =
        session.subject().isInPlace() ? List.of(inputs.getFirst()) : List.<Tensor>of();
    List<Snapshot> before = Snapshot.of(inputs);
    Refusal refusal = Refusal.of(what, () -> session.bare(arguments, Map.of()));
    for (int i = 0; i < inputs.size(); i++) {
      if (refusal.isRefused() || !written.contains(inputs.get(i))) {
        before.get(i).requireUnchanged(what + " changed input " + i, inputs.get(i));
      }
    }
    refusal.requireUseful(what, Words.of(session, arguments));
    return refusal;
  }

  private static List<Tensor> plain(Arguments sample) {
    return new ArrayList<>(Session.copies(sample).stream().map(Tensor::detach).toList());
  }

  @TestOf("F-511")
  static void f511_shapes_that_do_not_broadcast_are_refused(OperatorSubject subject, Cases cases) {
    subject.each(
        cases,
        "one dimension too long",
        (session, sample) -> {
          List<Tensor> inputs = plain(sample);
          if (inputs.size() < 2 || !Elementwise.samples(session).contains(sample)) {
            return;
          }
          Shape common = Elementwise.broadcast(inputs);
          long[] sizes = common.toArray();
          int last = sizes.length - 1;
          if (inputs.getFirst().dim() == 0 || inputs.getFirst().size(-1) != sizes[last]) {
            return;
          }
          sizes[last] += 4;
          inputs.set(1, filled(inputs.get(1), Shape.of(sizes)));
          String what =
              "a call on shapes " + inputs.getFirst().shape() + " and " + inputs.get(1).shape();
          Refusal refusal = attempt(session, what, inputs, sample.with(inputs));
          refusal.requireNaming(what, List.of(Long.toString(sizes[last])));
          if (!refusal.kind().equals(ShapeException.class.getSimpleName())) {
            throw new AssertionError(what + " was refused with " + refusal.kind());
          }
        });
  }

  /** A tensor of ones of another shape. */
  private static Tensor filled(Tensor like, Shape shape) {
    return Tensors.ones(TensorOptions.of(like.dtype()).device(like.device()), shape.toArray());
  }

  @TestOf("F-512")
  static void f512_any_shape_gives_a_result_or_a_refusal(OperatorSubject subject, Cases cases) {
    subject.each(
        cases,
        "each tensor in turn",
        (session, sample) -> {
          for (int i = 0; i < sample.tensors().size(); i++) {
            for (Shape shape : SHAPES) {
              List<Tensor> inputs = plain(sample);
              inputs.set(i, filled(inputs.get(i), shape));
              attempt(
                  session,
                  "a call whose tensor " + i + " has shape " + shape,
                  inputs,
                  sample.with(inputs));
            }
          }
        });
  }

  @TestOf("F-513")
  static void f513_any_dtype_gives_a_result_or_a_refusal(OperatorSubject subject, Cases cases) {
    subject.each(
        cases,
        "each tensor in turn, and all",
        (session, sample) -> {
          for (DType dtype : DType.values()) {
            for (int i = 0; i < sample.tensors().size(); i++) {
              List<Tensor> inputs = plain(sample);
              inputs.set(i, filledAs(inputs.get(i), dtype));
              attempt(
                  session,
                  "a call whose tensor " + i + " is " + dtype,
                  inputs,
                  sample.with(inputs));
            }
            List<Tensor> all = new ArrayList<>();
            plain(sample).forEach(tensor -> all.add(filledAs(tensor, dtype)));
            attempt(session, "a call whose tensors are " + dtype, all, sample.with(all));
          }
        });
  }

  private static Tensor filledAs(Tensor like, DType dtype) {
    return Tensors.ones(TensorOptions.of(dtype).device(like.device()), like.shape().toArray());
  }

  @TestOf("F-514")
  static void f514_any_number_gives_a_result_or_a_refusal(OperatorSubject subject, Cases cases) {
    subject.each(
        cases,
        "each number in turn",
        (session, sample) -> {
          if (cases.settings().isQuick() && sample != session.samples().getFirst()) {
            return; // large results take their time
          }
          Optional<Binding> binding = Binding.of(subject.operator(), sample.values());
          if (binding.isEmpty()) {
            return;
          }
          List<Signature.Parameter> parameters = binding.get().overload().signature().parameters();
          for (int i = 0; i < sample.values().size(); i++) {
            for (Object odd : odd(parameters.get(i).type())) {
              List<Tensor> inputs = plain(sample);
              List<@Nullable Object> arguments = new ArrayList<>(sample.with(inputs));
              arguments.set(i, odd);
              String what = "a call with " + parameters.get(i).name() + "=" + odd;
              attempt(session, what, inputs, arguments);
            }
          }
        });
  }

  private static List<?> odd(Signature.Type type) {
    return switch (type) {
      case INT -> INTEGERS;
      case INT_LISTS -> List.of(List.of(), List.of(LISTS.getFirst()));
      case INTS, OPTIONAL_INTS, FLOATS -> LISTS;
      case SCALAR -> NUMBERS;
      case FLOAT -> List.of(0.0, -1.5, Double.NaN, Double.POSITIVE_INFINITY);
      case BOOL -> List.of(true, false);
      case STRING -> List.of("", "no such mode");
      case TENSOR, TENSORS, OPTIONAL_TENSORS, DTYPE -> List.of();
    };
  }

  @TestOf("F-515")
  static void f515_a_refusal_leaves_recording_as_it_was(OperatorSubject subject, Cases cases) {
    subject.each(
        cases,
        "after shapes that may not fit",
        (session, sample) -> {
          for (int i = 0; i < sample.tensors().size(); i++) {
            List<Tensor> inputs = plain(sample);
            inputs.set(i, filled(inputs.get(i), Shape.of(5, 7)));
            attempt(session, "a call on another shape", inputs, sample.with(inputs));
            if (!fluxion.api.Autograd.isGradEnabled()) {
              throw new AssertionError("a refused call left recording switched off");
            }
          }
        });
  }
}
