package fluxion.conformance.function;

import fluxion.api.Autograd;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a backward pass does with the cotangents that it is given, and how often it may be run. */
final class CotangentRules {
  private CotangentRules() {}

  /** What is done with the results of one sample that have a gradient, at least one. */
  @FunctionalInterface
  private interface PassBody {
    void run(List<Tensor> inputs, List<Tensor> outputs) throws Exception;
  }

  /** Adds a case that calls the operator on each sample where it has a gradient. */
  private static void passes(OperatorSubject subject, Cases cases, String name, PassBody body) {
    if (!subject.operator().isDifferentiable()) {
      return;
    }
    subject.each(
        cases,
        name,
        (session, sample) -> {
          List<Tensor> inputs = Session.copies(sample);
          List<Tensor> outputs = Gradients.differentiable(session.call(sample, inputs));
          if (!outputs.isEmpty()) {
            body.run(inputs, outputs);
          }
        });
  }

  @TestOf("F-221")
  static void f221_gradients_are_linear_in_the_cotangents(OperatorSubject subject, Cases cases) {
    passes(
        subject,
        cases,
        "2 g + h",
        (inputs, outputs) -> {
          List<Tensor> g = Gradients.cotangents(outputs, 1);
          List<Tensor> h = Gradients.cotangents(outputs, 2);
          List<Tensor> both = new ArrayList<>();
          for (int o = 0; o < outputs.size(); o++) {
            both.add(g.get(o).mul(2).add(h.get(o)));
          }
          List<@Nullable Tensor> byG = Gradients.pull(inputs, outputs, g, false);
          List<@Nullable Tensor> byH = Gradients.pull(inputs, outputs, h, false);
          List<@Nullable Tensor> byBoth = Gradients.pull(inputs, outputs, both, false);
          for (int i = 0; i < byG.size(); i++) {
            Tensor first = byG.get(i);
            Tensor second = byH.get(i);
            Tensor found = byBoth.get(i);
            if (first != null && second != null && found != null) {
              Close.require(
                  "the gradient of input " + i + " for the cotangent 2 g + h",
                  first.mul(2).add(second),
                  found,
                  1e-9,
                  1e-12);
            }
          }
        });
  }

  @TestOf("F-222")
  static void f222_zero_cotangents_give_zero_gradients(OperatorSubject subject, Cases cases) {
    passes(
        subject,
        cases,
        "zeros",
        (inputs, outputs) -> {
          List<Tensor> zeros = outputs.stream().map(Tensors::zerosLike).toList();
          List<@Nullable Tensor> gradients = Gradients.pull(inputs, outputs, zeros, false);
          for (int i = 0; i < gradients.size(); i++) {
            Tensor gradient = gradients.get(i);
            if (gradient != null) {
              GradientRules.requireZero(
                  "the gradient of input " + i + " for cotangents of zero", gradient);
            }
          }
        });
  }

  @TestOf("F-223")
  static void f223_undefined_cotangents_count_as_zero(OperatorSubject subject, Cases cases) {
    passes(
        subject,
        cases,
        "one result at a time",
        (inputs, outputs) -> {
          if (outputs.size() < 2) {
            return;
          }
          for (int o = 0; o < outputs.size(); o++) {
            List<Tensor> one = List.of(outputs.get(o));
            List<Tensor> cotangents = Gradients.cotangents(outputs, 1);
            for (int other = 0; other < cotangents.size(); other++) {
              if (other != o) {
                cotangents = replaced(cotangents, other, Tensors.zerosLike(outputs.get(other)));
              }
            }
            requireSameOrZero(
                "where only result " + o + " has a cotangent",
                Gradients.pull(inputs, outputs, cotangents, false),
                Gradients.pull(inputs, one, List.of(cotangents.get(o)), false));
          }
        });
  }

  private static List<Tensor> replaced(List<Tensor> tensors, int place, Tensor by) {
    List<Tensor> changed = new ArrayList<>(tensors);
    changed.set(place, by);
    return changed;
  }

  /** A gradient that is missing counts as zeros. */
  private static void requireSameOrZero(
      String where, List<@Nullable Tensor> zeros, List<@Nullable Tensor> undefined) {
    for (int i = 0; i < zeros.size(); i++) {
      Tensor expected = zeros.get(i);
      Tensor found = undefined.get(i);
      if (expected != null && found != null) {
        Close.require("the gradient of input " + i + " " + where, expected, found, 1e-12, 1e-15);
      } else if (expected != null) {
        GradientRules.requireZero(
            "the gradient of input " + i + ", which is missing " + where + ",", expected);
      } else if (found != null) {
        GradientRules.requireZero(
            "the gradient of input " + i + ", which is there only " + where + ",", found);
      }
    }
  }

  @TestOf("F-224")
  static void f224_the_layout_of_a_cotangent_changes_no_bit(OperatorSubject subject, Cases cases) {
    for (Arrangement arrangement : Arrangement.values()) {
      if (arrangement != Arrangement.CONTIGUOUS) {
        passes(
            subject,
            cases,
            arrangement.words(),
            (inputs, outputs) -> {
              List<Tensor> placed =
                  Gradients.cotangents(outputs, 1).stream().map(arrangement::of).toList();
              List<Tensor> plain = placed.stream().map(Arrangement.CONTIGUOUS::of).toList();
              List<@Nullable Tensor> expected = Gradients.pull(inputs, outputs, plain, true);
              List<@Nullable Tensor> found = Gradients.pull(inputs, outputs, placed, true);
              String where = "when the cotangents are " + arrangement.words();
              Gradients.requireSame("gradient", expected, found, where);
            });
      }
    }
  }

  @TestOf("F-225")
  static void f225_cotangents_stay_as_they_are(OperatorSubject subject, Cases cases) {
    passes(
        subject,
        cases,
        "of all results",
        (inputs, outputs) -> {
          List<Tensor> cotangents = Gradients.cotangents(outputs, 1);
          List<Snapshot> before = Snapshot.of(cotangents);
          Gradients.pull(inputs, outputs, cotangents, false);
          Gradients.pull(inputs, outputs, cotangents, true);
          Snapshot.requireUnchanged(before, "the backward pass changed the cotangent", cotangents);
        });
  }

  @TestOf("F-226")
  static void f226_a_recorded_pass_gives_the_same_gradients(OperatorSubject subject, Cases cases) {
    passes(
        subject,
        cases,
        "recorded or not",
        (inputs, outputs) -> {
          List<Tensor> cotangents = Gradients.cotangents(outputs, 1);
          Gradients.requireSame(
              "gradient",
              Gradients.pull(inputs, outputs, cotangents, false),
              Gradients.pull(inputs, outputs, cotangents, true),
              "when the pass is recorded");
        });
  }

  @TestOf("F-227")
  static void f227_a_retained_graph_gives_the_same_gradients_again(
      OperatorSubject subject, Cases cases) {
    passes(
        subject,
        cases,
        "three times",
        (inputs, outputs) -> {
          List<Tensor> cotangents = Gradients.cotangents(outputs, 1);
          List<@Nullable Tensor> once = Gradients.pull(inputs, outputs, cotangents, false);
          for (int time = 2; time <= 3; time++) {
            Gradients.requireSame(
                "gradient",
                once,
                Gradients.pull(inputs, outputs, cotangents, false),
                "in pass " + time + " over a retained graph");
          }
        });
  }

  @TestOf("F-228")
  static void f228_gradients_add_up_in_leaves(OperatorSubject subject, Cases cases) {
    passes(
        subject,
        cases,
        "two passes",
        (inputs, outputs) -> {
          List<Tensor> cotangents = Gradients.cotangents(outputs, 1);
          List<@Nullable Tensor> once = Gradients.pull(inputs, outputs, cotangents, false);
          Autograd.backward(outputs, cotangents, true, false);
          Autograd.backward(outputs, cotangents, false, false);
          List<Tensor> leaves = Gradients.differentiable(inputs);
          for (int i = 0; i < leaves.size(); i++) {
            Tensor single = once.get(i);
            Tensor sum = leaves.get(i).grad();
            if (single != null && sum != null) {
              Gradients.requireSame(
                  "grad of input " + i, single.mul(2), sum, "from twice the gradient");
            } else if (single != null || sum != null) {
              throw new AssertionError(
                  "input " + i + " has a gradient by grad() or by backward() only");
            }
          }
        });
  }
}
