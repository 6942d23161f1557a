package fluxion.conformance.function;

import fluxion.api.DType;
import fluxion.api.Tensor;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a call may depend on, and what it must leave alone. */
final class ForwardRules {
  private ForwardRules() {}

  @TestOf("F-122")
  static void f122_the_layout_of_the_inputs_changes_no_bit(OperatorSubject subject, Cases cases) {
    for (Arrangement arrangement : Arrangement.values()) {
      if (arrangement == Arrangement.CONTIGUOUS
          || subject.samples().stream().noneMatch(sample -> sample.changes(arrangement))) {
        continue;
      }
      subject.each(
          cases,
          arrangement.words(),
          (session, sample) -> {
            if (sample.changes(arrangement) && !session.refusesLayout(sample, arrangement)) {
              List<Tensor> inputs = Session.arranged(sample, arrangement);
              List<Tensor> plain = inputs.stream().map(Arrangement.CONTIGUOUS::of).toList();
              Gradients.Orders.of(session, sample, plain)
                  .requireSame(
                      Gradients.Orders.of(session, sample, inputs),
                      "when the inputs are " + arrangement.words());
            }
          });
    }
  }

  @TestOf("F-123")
  static void f123_the_inputs_stay_as_they_are(OperatorSubject subject, Cases cases) {
    if (subject.isInPlace()) {
      return;
    }
    for (Arrangement arrangement : Arrangement.values()) {
      if (arrangement != Arrangement.CONTIGUOUS
          && subject.samples().stream().noneMatch(sample -> sample.changes(arrangement))) {
        continue;
      }
      subject.each(
          cases,
          arrangement.words(),
          (session, sample) -> {
            if (arrangement != Arrangement.CONTIGUOUS
                && (!sample.changes(arrangement) || session.refusesLayout(sample, arrangement))) {
              return;
            }
            List<Tensor> inputs = Session.arranged(sample, arrangement);
            List<Snapshot> before = Snapshot.of(inputs);
            List<Tensor> results = session.call(sample, inputs);
            Snapshot.requireUnchanged(before, "the call changed its input", inputs);
            Gradients.of(inputs, results);
            Snapshot.requireUnchanged(before, "the backward pass changed the input", inputs);
          });
    }
  }

  @TestOf("F-124")
  static void f124_results_share_no_memory_with_inputs(OperatorSubject subject, Cases cases) {
    if (subject.isInPlace()) {
      return;
    }
    subject.each(
        cases,
        "each result",
        (session, sample) -> {
          List<Tensor> inputs = detached(sample);
          List<Tensor> results = session.call(sample, inputs);
          for (int o = 0; o < results.size(); o++) {
            Tensor result = results.get(o);
            if (result.isView() || inputs.stream().anyMatch(input -> input == result)) {
              continue;
            }
            List<Snapshot> before = Snapshot.of(inputs);
            overwrite(result);
            Snapshot.requireUnchanged(
                before, "a write into result " + o + ", which is no view, reached input", inputs);
          }
        });
  }

  /** Changes every element of a tensor. */
  private static void overwrite(Tensor tensor) {
    boolean truth = tensor.dtype() == DType.BOOL;
    tensor.copy_(truth ? tensor.logicalNot() : tensor.add(3));
  }

  private static List<Tensor> detached(Arguments sample) {
    return Session.copies(sample).stream().map(Tensor::detach).toList();
  }

  @TestOf("F-125")
  static void f125_results_share_no_memory_with_each_other(OperatorSubject subject, Cases cases) {
    if (subject.isInPlace()) {
      return;
    }
    subject.each(
        cases,
        "each two results",
        (session, sample) -> {
          List<Tensor> results = session.call(sample, detached(sample));
          if (results.stream().anyMatch(Tensor::isView)) {
            return;
          }
          for (int o = 0; o < results.size(); o++) {
            List<Tensor> others = new ArrayList<>(results);
            others.remove(o);
            List<Snapshot> before = Snapshot.of(others);
            overwrite(results.get(o));
            Snapshot.requireUnchanged(
                before, "a write into result " + o + " reached another, number", others);
          }
        });
  }

  @TestOf("F-132")
  static void f132_one_tensor_may_be_given_twice(OperatorSubject subject, Cases cases) {
    if (subject.isInPlace()) {
      return;
    }
    subject.each(
        cases,
        "for two inputs",
        (session, sample) -> {
          List<Tensor> apart = new ArrayList<>(Session.copies(sample));
          Optional<int[]> pair = alike(apart);
          if (pair.isEmpty()) {
            return;
          }
          int first = pair.get()[0];
          int second = pair.get()[1];
          apart.set(second, Arrangement.CONTIGUOUS.of(apart.get(first)));
          List<Tensor> twice = new ArrayList<>(apart);
          twice.set(second, apart.get(first));
          List<Tensor> expected = session.call(sample, apart);
          List<Tensor> found = session.call(sample, twice);
          Gradients.requireSame(
              "result", expected, found, "when inputs " + first + " and " + second + " are one");
          requireSum(first, second, apart, expected, found);
        });
  }

  /** Asks that the one tensor's gradient is the sum of what two tensors get. */
  private static void requireSum(
      int first, int second, List<Tensor> apart, List<Tensor> expected, List<Tensor> found) {
    Tensor shared = apart.get(first);
    List<Tensor> outputs = Gradients.differentiable(expected);
    if (!shared.requiresGrad() || outputs.isEmpty()) {
      return;
    }
    List<Tensor> cotangents = Gradients.cotangents(outputs, 1);
    List<Tensor> parts =
        Gradients.there(
            Gradients.pull(List.of(shared, apart.get(second)), outputs, cotangents, false));
    List<Tensor> whole =
        Gradients.there(
            Gradients.pull(List.of(shared), Gradients.differentiable(found), cotangents, false));
    if (parts.size() == 2 && whole.size() == 1) {
      Close.require(
          "the gradient of a tensor that is inputs " + first + " and " + second,
          parts.getFirst().add(parts.get(1)),
          whole.getFirst(),
          1e-12,
          1e-13);
    }
  }

  /** The first two inputs of one shape and dtype. */
  private static Optional<int[]> alike(List<Tensor> inputs) {
    for (int i = 0; i < inputs.size(); i++) {
      for (int j = i + 1; j < inputs.size(); j++) {
        if (inputs.get(i).shape().equals(inputs.get(j).shape())
            && inputs.get(i).dtype() == inputs.get(j).dtype()
            && inputs.get(i).requiresGrad() == inputs.get(j).requiresGrad()) {
          return Optional.of(new int[] {i, j});
        }
      }
    }
    return Optional.empty();
  }
}
