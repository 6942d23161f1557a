package fluxion.tests.autograd;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.AutogradException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.UnaryFunction;
import org.junit.jupiter.api.Test;

/** What the engine holds functions to, shown on functions that an application might write. */
class FunctionContractTest {
  record Cube() implements UnaryFunction {
    @Override
    public Tensor forward(Context ctx, Tensor input) {
      ctx.saveInput(0);
      return input.pow(3);
    }

    @Override
    public Tensor backward(Context ctx, Tensor gradOutput) {
      return gradOutput.mul(3).mul(ctx.input(0)).mul(ctx.input(0));
    }
  }

  @Test
  void a_function_is_named_after_its_class_and_differentiated_twice() {
    Tensor x = tensor(1f, 2f).requiresGrad_();
    Tensor y = Functions.apply(new Cube(), x);
    assertEquals("tensor([1., 8.], grad_fn=<CubeBackward0>)", y.toString());
    y.sum().backward(null, false, true);
    assertArrayEquals(new float[] {3, 12}, x.grad().toFloatArray());
    Tensor first = x.grad();
    x.setGrad(null);
    first.sum().backward();
    assertArrayEquals(new float[] {6, 12}, x.grad().toFloatArray());
  }

  @Test
  void forward_runs_with_recording_off() {
    record Peek() implements UnaryFunction {
      @Override
      public Tensor forward(Context ctx, Tensor input) {
        Tensor result = input.mul(2);
        assertFalse(result.requiresGrad());
        return result;
      }

      @Override
      public Tensor backward(Context ctx, Tensor gradOutput) {
        return gradOutput.mul(2);
      }
    }

    Tensor x = ones(TensorOptions.withGrad(), 2);
    assertTrue(Functions.apply(new Peek(), x).requiresGrad());
  }

  private static AutogradException failure(Function function) {
    Tensor x = ones(TensorOptions.withGrad(), 2);
    return assertThrows(
        AutogradException.class, () -> Functions.apply(function, x).sum().backward());
  }

  /** Doubles, with a backward that is to be wrong. */
  private interface Wrong extends Function {
    @Override
    default Tensor[] forward(Context ctx, Tensor[] inputs) {
      return new Tensor[] {inputs[0].mul(2)};
    }
  }

  @Test
  void too_many_gradients_are_an_error_that_names_the_function() {
    record Bad() implements Wrong {
      @Override
      public Tensor[] backward(Context ctx, Tensor[] g) {
        return new Tensor[] {g[0], g[0]};
      }
    }

    assertEquals(
        "function BadBackward0 returned an incorrect number of gradients (expected 1, got 2)",
        failure(new Bad()).getMessage());
  }

  @Test
  void a_gradient_of_a_wrong_shape_is_an_error_that_names_the_function() {
    record Bad() implements Wrong {
      @Override
      public Tensor[] backward(Context ctx, Tensor[] g) {
        return new Tensor[] {ones(3)};
      }
    }

    assertEquals(
        "Function BadBackward0 returned an invalid gradient at index 0 - got [3] but expected shape"
            + " compatible with [2]",
        failure(new Bad()).getMessage());
  }

  @Test
  void a_null_gradient_means_that_there_is_none() {
    record Silent() implements Wrong {
      @Override
      public Tensor[] backward(Context ctx, Tensor[] g) {
        return new Tensor[] {null};
      }
    }

    Tensor x = ones(TensorOptions.withGrad(), 2);
    Functions.apply(new Silent(), x).sum().backward();
    assertNull(x.grad());
  }

  @Test
  void an_output_that_shares_memory_with_an_input_is_refused() {
    record Alias() implements UnaryFunction {
      @Override
      public Tensor forward(Context ctx, Tensor input) {
        return input.view(-1);
      }

      @Override
      public Tensor backward(Context ctx, Tensor gradOutput) {
        return gradOutput;
      }
    }

    assertTrue(failure(new Alias()).getMessage().contains("returned memory of its input 0"));
  }

  @Test
  void what_was_not_saved_cannot_be_read() {
    record Forgetful() implements Wrong {
      @Override
      public Tensor[] backward(Context ctx, Tensor[] g) {
        return new Tensor[] {g[0].mul(ctx.input(0))};
      }
    }

    assertEquals(
        "function ForgetfulBackward0 did not save input 0", failure(new Forgetful()).getMessage());
  }

  @Test
  void an_output_is_saved_as_the_result_of_its_node() {
    record Exponential() implements UnaryFunction {
      @Override
      public Tensor forward(Context ctx, Tensor input) {
        ctx.saveOutput(0);
        return input.exp();
      }

      @Override
      public Tensor backward(Context ctx, Tensor gradOutput) {
        return gradOutput.mul(ctx.output(0));
      }
    }

    Tensor x = tensor(0.5).requiresGrad_();
    Tensor y = Functions.apply(new Exponential(), x);
    Tensor first = fluxion.api.Autograd.grad(y, x, true);
    Tensor second = fluxion.api.Autograd.grad(first, x);
    assertEquals(Math.exp(0.5), first.item(), 1e-12);
    assertEquals(Math.exp(0.5), second.item(), 1e-12);
  }

  @Test
  void an_output_marked_as_not_differentiable_requires_no_gradient() {
    record Two() implements Function {
      @Override
      public Tensor[] forward(Context ctx, Tensor[] inputs) {
        ctx.markNonDifferentiable(1);
        return new Tensor[] {inputs[0].mul(2), inputs[0].mul(3)};
      }

      @Override
      public Tensor[] backward(Context ctx, Tensor[] g) {
        return new Tensor[] {g[0].mul(2)};
      }
    }

    Tensor x = ones(TensorOptions.withGrad(), 2);
    Tensor[] outputs = Functions.applyAll(new Two(), x);
    assertTrue(outputs[0].requiresGrad());
    assertFalse(outputs[1].requiresGrad());
  }

  @Test
  void absent_inputs_arrive_as_null() {
    record Maybe() implements Function {
      @Override
      public Tensor[] forward(Context ctx, Tensor[] inputs) {
        ctx.saveInput(1);
        return new Tensor[] {inputs[1] == null ? inputs[0].mul(2) : inputs[0].mul(inputs[1])};
      }

      @Override
      public Tensor[] backward(Context ctx, Tensor[] g) {
        Tensor factor = ctx.optionalInput(1);
        return new Tensor[] {factor == null ? g[0].mul(2) : g[0].mul(factor), null};
      }
    }

    Tensor x = ones(TensorOptions.withGrad(), 2);
    Functions.apply(new Maybe(), x, null).sum().backward();
    assertArrayEquals(new float[] {2, 2}, x.grad().toFloatArray());
  }
}
