package fluxion.conformance.function;

import fluxion.api.Autograd;
import fluxion.api.AutogradException;
import fluxion.api.Tensor;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.Primitives;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is kept between a call and its backward pass. */
final class SavedRules {
  /** How often the garbage collector is asked, at most. */
  private static final int COLLECTIONS = 10;

  /** How much garbage is made in the hope of a collection of what is young, and its pieces. */
  private static final int GARBAGE = 192 << 20;

  private static final int PIECE = 1 << 16;

  private SavedRules() {}

  @TestOf("F-321")
  static void f321_overwritten_inputs_are_noticed(OperatorSubject subject, Cases cases) {
    if (!subject.operator().isDifferentiable()) {
      return;
    }
    subject.each(
        cases,
        "each input",
        (session, sample) -> {
          for (int i = 0; i < Session.copies(sample).size(); i++) {
            if (Session.copies(sample).get(i).numel() > 0) {
              Pass pass = Pass.of(session, sample);
              Tensor input = pass.inputs.get(i).detach();
              pass.requireSameOrRefused(
                  "after input " + i + " was overwritten", () -> overwrite(input));
            }
          }
        });
  }

  @TestOf("F-322")
  static void f322_overwritten_results_are_noticed(OperatorSubject subject, Cases cases) {
    if (!subject.operator().isDifferentiable()) {
      return;
    }
    subject.each(
        cases,
        "each result",
        (session, sample) -> {
          Pass first = Pass.of(session, sample);
          for (int o = 0; o < first.outputs.size(); o++) {
            Pass pass = Pass.of(session, sample);
            Tensor output = pass.outputs.get(o);
            if (output.numel() > 0 && !output.isView()) {
              Tensor alias = output.detach();
              pass.requireSameOrRefused(
                  "after result " + o + " was overwritten", () -> overwrite(alias));
            }
          }
        });
  }

  private static void overwrite(Tensor tensor) {
    tensor.copy_(tensor.dtype() == fluxion.api.DType.BOOL ? tensor.logicalNot() : tensor.mul(0));
  }

  /** A call whose inputs are no leaves, and what its gradients are. */
  private record Pass(
      List<Tensor> leaves,
      List<Tensor> inputs,
      List<Tensor> outputs,
      List<Tensor> cotangents,
      List<@Nullable Tensor> expected) {

    static Pass of(Session session, Arguments sample) {
      List<Tensor> leaves = Session.copies(sample);
      List<Tensor> inputs = leaves.stream().map(Tensor::clone).toList();
      List<Tensor> outputs = Gradients.differentiable(session.call(sample, inputs));
      List<Tensor> cotangents = Gradients.cotangents(outputs, 1);
      return new Pass(
          leaves, inputs, outputs, cotangents, Gradients.pull(leaves, outputs, cotangents, false));
    }

    /** Asks for the right gradients, or for a refusal, once something was written. */
    void requireSameOrRefused(String when, Runnable write) {
      write.run();
      List<@Nullable Tensor> found;
      try {
        found = Gradients.pull(leaves, outputs, cotangents, false);
      } catch (AutogradException e) {
        return; // it noticed
      }
      Gradients.requireSame("gradient", expected, found, when + ", and nothing noticed");
    }
  }

  @TestOf("F-323")
  static void f323_saved_values_are_released(OperatorSubject subject, Cases cases) {
    if (!subject.operator().isDifferentiable()) {
      return;
    }
    subject.each(
        cases,
        "a second pass over a graph that was not retained",
        (session, sample) -> {
          Pass pass = Pass.of(session, sample);
          List<Tensor> wanted = Gradients.differentiable(pass.leaves);
          if (wanted.isEmpty() || pass.outputs.isEmpty()) {
            return;
          }
          Autograd.grad(pass.outputs, wanted, pass.cotangents, false, false, true);
          try {
            Gradients.requireSame(
                "gradient",
                pass.expected,
                Autograd.grad(pass.outputs, wanted, pass.cotangents, false, false, true),
                "in a second pass");
          } catch (AutogradException e) {
            if (!String.valueOf(e.getMessage()).contains("second time")) {
              throw new AssertionError(
                  "a second pass was refused with '"
                      + e.getMessage()
                      + "', which does not say that this was the second time",
                  e);
            }
          }
        });
  }

  @TestOf("F-324")
  static void f324_calls_do_not_disturb_each_other(OperatorSubject subject, Cases cases) {
    if (!subject.operator().isDifferentiable()) {
      return;
    }
    subject.each(
        cases,
        "another call before the backward pass",
        (session, sample) -> {
          List<Tensor> inputs = Session.copies(sample);
          List<@Nullable Tensor> alone = Gradients.of(inputs, session.call(sample, inputs));
          List<Tensor> results = session.call(sample, inputs);
          session.call(sample, moved(Session.copies(sample)));
          Gradients.requireSame(
              "gradient",
              alone,
              Gradients.of(inputs, results),
              "when the operator was called again in between");
        });
  }

  /** Other inputs near by. */
  private static List<Tensor> moved(List<Tensor> inputs) {
    List<Tensor> moved = new ArrayList<>();
    for (Tensor input : inputs) {
      moved.add(input.requiresGrad() ? input.detach().mul(1.001).requiresGrad_() : input);
    }
    return moved;
  }

  @TestOf("F-325")
  static void f325_nothing_is_kept_after_use(OperatorSubject subject, Cases cases) {
    if (subject.isTriedBriefly()
        || (cases.settings().isQuick() && subject.counterpart().isPresent())) {
      return; // collecting garbage takes its time, and others or the counterpart are tried
    }
    subject.each(
        cases,
        "memory of inputs and results",
        (session, sample) -> {
          if (sample != session.samples().getFirst()) {
            return; // one is enough, and collecting garbage takes its time
          }
          List<WeakReference<Object>> memory = used(session, sample);
          collect(memory);
          for (int i = 0; i < memory.size(); i++) {
            if (memory.get(i).get() != null) {
              throw new AssertionError(
                  "the memory of tensor "
                      + i
                      + " (inputs first, then results) is still held after call and backward"
                      + " pass, though nobody has the tensor any more");
            }
          }
        });
  }

  /** Has garbage collected: what is young by making more of it, which takes less time, or all. */
  private static void collect(List<WeakReference<Object>> memory) {
    byte[] garbage = {};
    try {
      for (int made = 0; made < GARBAGE && isThere(memory); made += PIECE) {
        garbage = new byte[PIECE];
      }
    } finally {
      // so that the compiler does not leave it out
      Reference.reachabilityFence(garbage);
    }
    for (int time = 0; time < COLLECTIONS && isThere(memory); time++) {
      System.gc();
    }
  }

  private static boolean isThere(List<WeakReference<Object>> references) {
    return references.stream().anyMatch(reference -> reference.get() != null);
  }

  /** The memory of all tensors of a call and its backward pass. */
  private static List<WeakReference<Object>> used(Session session, Arguments sample) {
    List<Tensor> inputs = Session.copies(sample);
    List<Tensor> results = session.call(sample, inputs);
    List<Tensor> outputs = Gradients.differentiable(results);
    List<Tensor> wanted = Gradients.differentiable(inputs);
    if (!outputs.isEmpty() && !wanted.isEmpty()) {
      Autograd.grad(outputs, wanted, Gradients.cotangents(outputs, 1), false, false, true);
    }
    List<WeakReference<Object>> memory = new ArrayList<>();
    for (Tensor tensor : inputs) {
      memory.add(new WeakReference<>(Primitives.operand(tensor).buffer()));
    }
    for (Tensor tensor : results) {
      memory.add(new WeakReference<>(Primitives.operand(tensor).buffer()));
    }
    return memory;
  }
}
