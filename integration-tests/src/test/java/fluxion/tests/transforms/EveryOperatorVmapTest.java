package fluxion.tests.transforms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Autograd;
import fluxion.api.FluxionException;
import fluxion.api.Ops;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.api.Transforms;
import fluxion.engine.spi.EngineOperators;
import fluxion.engine.spi.Operator;
import fluxion.tests.support.SampleTensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Every operator over a batch gives what it gives for one slice after the other, or is refused. */
class EveryOperatorVmapTest {
  /** What computes on the host with no rule for a batch, or has results of a size that varies. */
  private static final Set<String> REFUSED =
      Set.of(
          "as_strided_",
          "histc",
          "linalg_cond",
          "linalg_lu",
          "linalg_lu_factor",
          "lu",
          "nanquantile",
          "quantile",
          "unique",
          "unique_consecutive");

  private static final Tensor INTEGER = Tensors.tensor(1L);

  /** How many operators must have been compared at least: the others have no floats to batch. */
  private static final int COMPARED = 340;

  /** What asks integers or truth values for more than whether they are valid. */
  private static final Set<String> REFUSED_INDICES =
      Set.of(
          "argwhere",
          "bincount",
          "ctc_loss",
          "embedding_bag",
          "index_put",
          "index_put_",
          "linalg_lu_solve",
          "lu_solve",
          "lu_unpack",
          "masked_scatter",
          "masked_scatter_",
          "masked_select",
          "multilabel_margin_loss",
          "narrow",
          "nonzero",
          "nonzero_numpy",
          "one_hot",
          "repeat_interleave",
          "unique",
          "unique_consecutive");

  @Test
  void every_operator_is_batched_or_refused_by_name() {
    check(t -> t.dtype().isFloatingPoint(), REFUSED, COMPARED);
  }

  @Test
  void every_operator_takes_a_batch_of_indices_or_is_refused_by_name() {
    check(_ -> true, REFUSED_INDICES, 50);
  }

  /** Compares all operators, with the tensors that are chosen batched and the others whole. */
  private static void check(Predicate<Tensor> batched, Set<String> expected, int least) {
    Set<String> refused = new TreeSet<>();
    Set<String> compared = new TreeSet<>();
    Map<String, String> wrong = new TreeMap<>();
    for (Operator operator : EngineOperators.installed()) {
      String name = operator.name();
      List<Operator.Sample> first = operator.samples(new SampleTensors(1));
      List<Operator.Sample> second = operator.samples(new SampleTensors(2));
      for (int i = 0; i < first.size(); i++) {
        try {
          if (new Call(name, first.get(i).arguments(), batched)
              .matchesLoop(second.get(i).arguments())) {
            compared.add(name);
          }
        } catch (FluxionException e) {
          String message = String.valueOf(e.getMessage());
          if (message.startsWith("vmap: Batching rule not implemented for ")) {
            refused.add(name);
          } else {
            wrong.putIfAbsent(name, i + ": " + e);
          }
        } catch (AssertionError | RuntimeException e) {
          wrong.putIfAbsent(name, i + ": " + e);
        }
      }
    }
    assertEquals(Map.of(), wrong);
    assertEquals(new TreeSet<>(expected), refused);
    assertTrue(compared.size() >= least, compared.size() + " were compared: " + compared);
  }

  /** A sample's call, of which some tensors are replaced. */
  private record Call(String name, List<?> arguments, Predicate<Tensor> batched) {
    /** Whether another sample goes with this one; if the results differ, that is an error. */
    boolean matchesLoop(List<?> other) {
      List<Tensor> ones = chosen(arguments);
      List<Tensor> others = chosen(other);
      if (ones.isEmpty()
          || (batched.test(INTEGER) && isFloating(ones))
          || !shapes(ones).equals(shapes(others))) {
        return false;
      }
      List<Tensor> stacked = new ArrayList<>();
      for (int i = 0; i < ones.size(); i++) {
        stacked.add(leaf(Tensors.stack(0, ones.get(i).detach(), others.get(i).detach())));
      }
      List<List<Tensor>> expected = new ArrayList<>();
      List<List<Tensor>> expectedGradients = new ArrayList<>();
      try {
        for (List<Tensor> values : List.of(ones, others)) {
          List<Tensor> inputs = values.stream().map(v -> leaf(v.detach().clone())).toList();
          List<Tensor> outputs = on(inputs);
          expected.add(outputs);
          expectedGradients.add(gradients(outputs, inputs));
        }
      } catch (FluxionException e) {
        return false; // values of one sample do not go with the arguments of the other
      }
      if (!shapes(expected.get(0)).equals(shapes(expected.get(1)))) {
        return false;
      }
      List<Tensor> found =
          Transforms.vmap(this::on, Collections.nCopies(stacked.size(), 0), List.of(0))
              .apply(stacked);
      for (int o = 0; o < found.size(); o++) {
        assertSame("result " + o, expected.get(0).get(o), expected.get(1).get(o), found.get(o));
      }
      List<Tensor> foundGradients = gradients(found, stacked);
      for (int i = 0; i < foundGradients.size(); i++) {
        Tensor one = expectedGradients.get(0).get(i);
        Tensor two = expectedGradients.get(1).get(i);
        if (one != null && two != null) {
          assertSame("gradient " + i, one, two, foundGradients.get(i));
        }
      }
      return true;
    }

    /** Whether batching integers, too, would compare nothing new. */
    private static boolean isFloating(List<Tensor> tensors) {
      return tensors.stream().allMatch(t -> t.dtype().isFloatingPoint());
    }

    private Tensor leaf(Tensor tensor) {
      boolean inPlace = name.endsWith("_");
      return tensor.requiresGrad_(!inPlace && tensor.dtype().isFloatingPoint());
    }

    private List<Tensor> on(List<Tensor> tensors) {
      return Ops.callAll(name, with(arguments, tensors, new int[1]), Map.of());
    }

    private static List<Tensor> gradients(List<Tensor> outputs, List<Tensor> inputs) {
      List<Tensor> sums =
          outputs.stream().filter(Tensor::requiresGrad).map(t -> t.square().sum()).toList();
      List<Tensor> leaves = inputs.stream().filter(Tensor::requiresGrad).toList();
      return sums.isEmpty() || leaves.isEmpty()
          ? List.of()
          : Autograd.grad(sums, leaves, null, false, false, true);
    }

    private List<Tensor> chosen(List<?> from) {
      List<Tensor> found = new ArrayList<>();
      for (Object argument : from) {
        if (argument instanceof Tensor tensor && batched.test(tensor)) {
          found.add(tensor);
        } else if (argument instanceof List<?> list) {
          found.addAll(chosen(list));
        } else if (argument instanceof Tensor[] tensors) {
          found.addAll(chosen(List.of(tensors)));
        }
      }
      return found;
    }

    /** The arguments with the chosen tensors replaced, in order. */
    private List<Object> with(List<?> from, List<Tensor> tensors, int[] at) {
      List<Object> replaced = new ArrayList<>();
      for (Object argument : from) {
        if (argument instanceof Tensor tensor && batched.test(tensor)) {
          replaced.add(tensors.get(at[0]++));
        } else if (argument instanceof List<?> list) {
          replaced.add(with(list, tensors, at));
        } else if (argument instanceof Tensor[] array) {
          replaced.add(with(List.of(array), tensors, at));
        } else {
          replaced.add(argument);
        }
      }
      return replaced;
    }
  }

  private static List<Shape> shapes(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::shape).toList();
  }

  private static void assertSame(String what, Tensor one, Tensor two, Tensor found) {
    assertEquals(2, found.size(0), what);
    assertEquals(one.dtype(), found.dtype(), what);
    assertEquals(one.shape(), found.select(0, 0).shape(), what);
    assertSame(what, one.toDoubleArray(), found.select(0, 0).toDoubleArray());
    assertSame(what, two.toDoubleArray(), found.select(0, 1).toDoubleArray());
  }

  private static void assertSame(String what, double[] expected, double[] found) {
    for (int i = 0; i < expected.length; i++) {
      double scale = Math.max(1, Math.abs(expected[i]));
      boolean close = Math.abs(expected[i] - found[i]) <= 1e-10 * scale;
      if (!close && Double.compare(expected[i], found[i]) != 0) {
        throw new AssertionError(
            what + ": " + Arrays.toString(found) + " for " + Arrays.toString(expected));
      }
    }
  }
}
