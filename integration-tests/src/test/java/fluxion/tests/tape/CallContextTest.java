package fluxion.tests.tape;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Autograd;
import fluxion.api.AutogradException;
import fluxion.api.Memory;
import fluxion.api.MemoryException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a function may ask of its context and keep in it. */
class CallContextTest {
  private static final String FREED = "Trying to backward through the graph a second time";

  private static Tensor leaf(float... values) {
    return tensor(values).requiresGrad_();
  }

  /** A function that keeps something in its forward and hands its cotangent on. */
  private static Scripted keeping(Consumer<Context> keep) {
    return new Scripted(
        (ctx, in) -> {
          keep.accept(ctx);
          return new Tensor[] {in[0].mul(1)};
        },
        (ctx, g) -> new Tensor[] {g[0]});
  }

  private static String refusal(Scripted function, Tensor... inputs) {
    return assertThrows(
            AutogradException.class, () -> Functions.apply(function, inputs).sum().backward())
        .getMessage();
  }

  /** What a backward says that asks for something. */
  private static String refusedInBackward(Consumer<Context> keep, Consumer<Context> ask) {
    return refusal(
        new Scripted(
            (ctx, in) -> {
              keep.accept(ctx);
              return new Tensor[] {in[0].mul(1), in[0].mul(2)};
            },
            (ctx, g) -> {
              ask.accept(ctx);
              return new Tensor[] {g[0], null};
            }),
        leaf(1, 2),
        leaf(3));
  }

  @Test
  void forward_and_backward_know_the_inputs_and_which_of_them_need_a_gradient() {
    List<Object> seen = new ArrayList<>();
    Scripted.Step look =
        (ctx, tensors) -> {
          seen.add(ctx.inputCount());
          seen.add(ctx.needsGradient(0));
          seen.add(ctx.needsGradient(1));
          seen.add(ctx.needsGradient(2));
          seen.add(ctx.inputSpec(0));
          seen.add(ctx.inputSpec(1));
          seen.add(assertThrows(NullPointerException.class, () -> ctx.inputSpec(2)).getMessage());
          return new Tensor[] {tensors[0].mul(1), null, null};
        };
    Tensor x = leaf(1, 2);
    Tensor y = tensor(3L);
    Scripted function = new Scripted((ctx, in) -> Arrays.copyOf(look.run(ctx, in), 1), look);
    Functions.apply(function, x, y, null).sum().backward();
    List<Object> each =
        List.of(
            3,
            true,
            false,
            false,
            TensorSpec.of(x),
            TensorSpec.of(y),
            "input 2 of ScriptedBackward0 is absent");
    assertEquals(each, seen.subList(0, 7));
    assertEquals(each, seen.subList(7, 14));
    assertArrayEquals(new float[] {1, 1}, x.grad().toFloatArray());
  }

  @Test
  void no_input_needs_a_gradient_while_recording_is_off() {
    List<Boolean> needs = new ArrayList<>();
    Tensor x = leaf(1);
    try (var _ = Autograd.noGrad()) {
      Tensor y = Functions.apply(keeping(ctx -> needs.add(ctx.needsGradient(0))), x);
      assertFalse(y.requiresGrad());
    }
    assertEquals(List.of(false), needs);
    assertTrue(Autograd.isGradEnabled());
  }

  @Test
  void backward_knows_the_outputs() {
    List<TensorSpec> seen = new ArrayList<>();
    Tensor x = leaf(1, 2);
    Tensor[] outputs =
        Functions.applyAll(
            new Scripted(
                (ctx, in) -> new Tensor[] {in[0].mul(2), in[0].sum()},
                (ctx, g) -> {
                  seen.add(ctx.outputSpec(0));
                  seen.add(ctx.outputSpec(1));
                  assertNull(g[1]);
                  return new Tensor[] {g[0].mul(2)};
                }),
            x);
    assertEquals(1, outputs[1].outputNr());
    outputs[0].sum().backward();
    assertEquals(List.of(TensorSpec.of(outputs[0]), TensorSpec.of(outputs[1])), seen);
  }

  @Test
  void nothing_is_kept_or_marked_in_backward() {
    assertEquals(
        "saveInput is for forward only; function ScriptedBackward0",
        refusedInBackward(ctx -> {}, ctx -> ctx.saveInput(0)));
    assertEquals(
        "saveOutput is for forward only; function ScriptedBackward0",
        refusedInBackward(ctx -> {}, ctx -> ctx.saveOutput(0)));
    assertEquals(
        "saveIntermediate is for forward only; function ScriptedBackward0",
        refusedInBackward(ctx -> {}, ctx -> ctx.saveIntermediate(ones(1))));
    assertEquals(
        "markNonDifferentiable is for forward only; function ScriptedBackward0",
        refusedInBackward(ctx -> {}, ctx -> ctx.markNonDifferentiable(0)));
  }

  @Test
  void what_was_not_kept_is_not_there() {
    assertEquals(
        "function ScriptedBackward0 did not save input 0",
        refusedInBackward(ctx -> {}, ctx -> ctx.optionalInput(0)));
    assertEquals(
        "function ScriptedBackward0 did not save input 1",
        refusedInBackward(ctx -> ctx.saveInput(0), ctx -> ctx.input(1)));
    assertEquals(
        "function ScriptedBackward0 did not save output 0",
        refusedInBackward(ctx -> {}, ctx -> ctx.output(0)));
    assertEquals(
        "function ScriptedBackward0 did not save output 0",
        refusedInBackward(ctx -> ctx.saveOutput(1), ctx -> ctx.output(0)));
    assertEquals(
        "function ScriptedBackward0 did not save intermediate 1",
        refusedInBackward(ctx -> ctx.saveIntermediate(ones(1)), ctx -> ctx.intermediate(1)));
  }

  @Test
  void an_absent_input_is_kept_as_absent() {
    List<Object> seen = new ArrayList<>();
    Tensor x = leaf(1);
    Scripted function =
        new Scripted(
            (ctx, in) -> {
              ctx.saveInput(1);
              return new Tensor[] {in[0].mul(2)};
            },
            (ctx, g) -> {
              seen.add(ctx.optionalInput(1) == null);
              seen.add(assertThrows(NullPointerException.class, () -> ctx.input(1)).getMessage());
              return new Tensor[] {g[0].mul(2), null};
            });
    Functions.apply(function, x, null).backward();
    assertEquals(List.of(true, "input 1 of ScriptedBackward0 is absent"), seen);
  }

  @Test
  void intermediates_are_numbered_as_they_are_kept() {
    Tensor first = ones(2);
    Tensor second = ones(3);
    List<Integer> numbers = new ArrayList<>();
    List<Tensor> found = new ArrayList<>();
    Functions.apply(
            new Scripted(
                (ctx, in) -> {
                  numbers.add(ctx.saveIntermediate(first));
                  numbers.add(ctx.saveIntermediate(second));
                  return new Tensor[] {in[0].mul(1)};
                },
                (ctx, g) -> {
                  found.add(ctx.intermediate(0));
                  found.add(ctx.intermediate(1));
                  return new Tensor[] {g[0]};
                }),
            leaf(1))
        .backward();
    assertEquals(List.of(0, 1), numbers);
    assertSame(first, found.get(0));
    assertSame(second, found.get(1));
  }

  @Test
  void a_tensor_of_a_graph_and_an_output_are_no_intermediates() {
    Tensor ofGraph = leaf(1).mul(2);
    assertEquals(
        "function ScriptedBackward0 keeps a tensor of a graph as an intermediate; keep an input",
        refusal(keeping(ctx -> ctx.saveIntermediate(ofGraph)), leaf(1)));
    assertEquals(
        "function ScriptedBackward0 keeps an output as an intermediate; use saveOutput",
        refusal(
            new Scripted(
                (ctx, in) -> {
                  Tensor output = in[0].mul(2);
                  ctx.saveIntermediate(output);
                  return new Tensor[] {in[0].mul(3), output};
                },
                (ctx, g) -> new Tensor[] {g[0]}),
            leaf(1)));
  }

  @Test
  void the_first_64_outputs_can_be_kept() {
    int outputs = 65;
    Scripted.Step all =
        (ctx, in) -> {
          Tensor[] results = new Tensor[outputs];
          for (int i = 0; i < outputs; i++) {
            results[i] = in[0].add(i);
          }
          ctx.saveOutput(63);
          ctx.saveOutput(2);
          return results;
        };
    List<Double> seen = new ArrayList<>();
    Scripted function =
        new Scripted(
            all,
            (ctx, g) -> {
              seen.add(ctx.output(63).item());
              seen.add(ctx.output(2).item());
              assertThrows(AutogradException.class, () -> ctx.output(3));
              return new Tensor[] {g[0]};
            });
    Functions.apply(function, leaf(0)).backward();
    assertEquals(List.of(63.0, 2.0), seen);
    assertEquals(
        "ScriptedBackward0 keeps output 64; only 64 can be kept",
        refusal(keeping(ctx -> ctx.saveOutput(64)), leaf(0)));
  }

  @Test
  void outputs_are_marked_one_by_one() {
    Tensor[] outputs =
        Functions.applyAll(
            new Scripted(
                (ctx, in) -> {
                  ctx.markNonDifferentiable(0);
                  ctx.markNonDifferentiable(2);
                  return new Tensor[] {in[0].mul(1), in[0].mul(2), in[0].mul(3)};
                },
                (ctx, g) -> new Tensor[] {g[1]}),
            leaf(1));
    assertEquals(
        List.of(false, true, false), Arrays.stream(outputs).map(Tensor::requiresGrad).toList());
  }

  @Test
  void a_function_that_kept_nothing_is_walked_as_often_as_one_likes() {
    Tensor x = leaf(1);
    Tensor y = Functions.apply(keeping(ctx -> {}), x);
    y.backward();
    y.backward();
    assertEquals(2, x.grad().item());
  }

  @Test
  void a_function_that_kept_something_is_walked_once() {
    for (Consumer<Context> keep :
        List.<Consumer<Context>>of(
            ctx -> ctx.saveInput(0),
            ctx -> ctx.saveOutput(0),
            ctx -> ctx.saveIntermediate(ones(1)))) {
      Tensor x = leaf(1);
      Tensor y = Functions.apply(keeping(keep), x);
      y.backward(null, true, false);
      y.backward();
      AutogradException e = assertThrows(AutogradException.class, y::backward);
      assertTrue(e.getMessage().startsWith(FREED), e.getMessage());
      assertEquals(2, x.grad().item());
    }
  }

  @Test
  void a_context_that_outlives_the_pass_says_that_its_values_are_freed() {
    List<Context> kept = new ArrayList<>();
    Tensor x = leaf(1);
    Functions.apply(
            new Scripted(
                (ctx, in) -> {
                  ctx.saveInput(0);
                  ctx.saveOutput(0);
                  ctx.saveIntermediate(ones(1));
                  return new Tensor[] {in[0].mul(1)};
                },
                (ctx, g) -> {
                  kept.add(ctx);
                  return new Tensor[] {g[0]};
                }),
            x)
        .backward();
    Context ctx = kept.get(0);
    for (Runnable ask :
        List.<Runnable>of(() -> ctx.input(0), () -> ctx.output(0), () -> ctx.intermediate(0))) {
      AutogradException e = assertThrows(AutogradException.class, ask::run);
      assertTrue(e.getMessage().startsWith(FREED), e.getMessage());
    }
    assertEquals(TensorSpec.of(x), ctx.inputSpec(0));
  }

  @Test
  void intermediates_live_as_long_as_the_graph_may_be_walked() {
    Tensor x = leaf(1);
    Tensor intermediate;
    Tensor y;
    try (var scope = Memory.scope()) {
      Tensor made = ones(5000);
      intermediate = made;
      y = scope.keep(Functions.apply(keeping(ctx -> ctx.saveIntermediate(made)), x));
    }
    assertEquals(5000, intermediate.sum().item());
    y.backward(null, true, false);
    assertEquals(5000, intermediate.sum().item());
    y.backward();
    assertThrows(MemoryException.class, intermediate::sum);
  }

  @Test
  void kept_inputs_and_outputs_are_freed_when_the_graph_was_walked() {
    Tensor x = ones(TensorOptions.withGrad(), 5000);
    Tensor input;
    Tensor output;
    Tensor loss;
    try (var scope = Memory.scope()) {
      input = x.mul(3);
      Tensor middle = Functions.apply(keeping(ctx -> ctx.saveInput(0)), input);
      output = Functions.apply(keeping(ctx -> ctx.saveOutput(0)), middle);
      loss = scope.keep(output.sum());
    }
    loss.backward(null, true, false);
    assertEquals(15000, input.sum().item());
    assertEquals(15000, output.sum().item());
    loss.backward();
    assertThrows(MemoryException.class, input::sum);
    assertThrows(MemoryException.class, output::sum);
  }

  @Test
  void gradients_that_are_missing_are_an_error_that_names_the_function() {
    assertEquals(
        "function ScriptedBackward0 returned an incorrect number of gradients (expected 1, got 0)",
        refusal(Scripted.doubling((ctx, g) -> null), leaf(1)));
    assertEquals(
        "function ScriptedBackward0 returned an incorrect number of gradients (expected 2, got 1)",
        refusal(Scripted.doubling((ctx, g) -> new Tensor[] {g[0]}), leaf(1), leaf(1)));
  }

  @Test
  void results_that_are_missing_are_an_error_that_names_the_function() {
    assertEquals(
        "function ScriptedBackward0 returned null from forward",
        refusal(new Scripted((ctx, in) -> null, (ctx, g) -> g), leaf(1)));
    assertEquals(
        "function ScriptedBackward0 returned null as output 1",
        refusal(new Scripted((ctx, in) -> new Tensor[] {ones(1), null}, (ctx, g) -> g), leaf(1)));
    assertEquals(
        "function ScriptedBackward0 returned memory of its input 1 as output 0; return a clone, or"
            + " write it as a ViewFunction",
        refusal(
            new Scripted((ctx, in) -> new Tensor[] {in[1].detach()}, (ctx, g) -> g),
            leaf(1),
            ones(TensorOptions.DEFAULT, 2)));
  }

  @Test
  void a_tensor_with_a_past_becomes_an_output_without_it() {
    Tensor hidden = leaf(3).mul(2);
    Tensor x = leaf(1);
    Tensor y =
        Functions.apply(
            new Scripted(
                (ctx, in) -> new Tensor[] {hidden}, (ctx, g) -> new Tensor[] {g[0].mul(7)}),
            x);
    assertEquals("MulBackward0", hidden.gradFn().name());
    assertEquals("ScriptedBackward0", y.gradFn().name());
    y.backward();
    assertEquals(7, x.grad().item());
  }

  @Test
  void an_output_of_integers_requires_no_gradient() {
    Tensor[] outputs =
        Functions.applyAll(
            new Scripted(
                (ctx, in) -> new Tensor[] {in[0].mul(2), tensor(4L)},
                (ctx, g) -> new Tensor[] {g[0]}),
            leaf(1));
    assertTrue(outputs[0].requiresGrad());
    assertFalse(outputs[1].requiresGrad());
  }
}
