package fluxion.conformance.fuzz.program;

import fluxion.api.Autograd;
import fluxion.api.Device;
import fluxion.api.Memory;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Runs a program on a device, forward and backward. */
final class ProgramRunner {
  private final Program program;
  private final Device device;
  private final Noise noise;
  private final List<Tensor> tensors = new ArrayList<>();

  private ProgramRunner(Program program, Device device, Noise noise) {
    this.program = program;
    this.device = device;
    this.noise = noise;
  }

  /**
   * What a device makes of a program.
   *
   * @param program the program
   * @param device the device
   * @param noise what rounding errors are added
   */
  static Outcome run(Program program, Device device, Noise noise) {
    // the scope frees what the program computes, so that memory is used again at once
    try (Memory.Scope _ = Memory.scope()) {
      return new ProgramRunner(program, device, noise).run();
    }
  }

  private Outcome run() {
    for (int i = 0; i < program.statements().size(); i++) {
      try {
        tensors.add(tensor(program.statements().get(i), i));
      } catch (RuntimeException | StackOverflowError | AssertionError e) {
        return outcome(new Outcome.Refusal("t" + i, e));
      }
    }
    try {
      backward();
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      return outcome(new Outcome.Refusal("backward", e));
    }
    return outcome(null);
  }

  private Outcome outcome(Outcome.@Nullable Refusal refusal) {
    List<Elements> values = tensors.stream().map(Elements::of).toList();
    List<@Nullable Elements> gradients = new ArrayList<>();
    if (refusal == null) {
      for (int i = 0; i < tensors.size(); i++) {
        // a call that gives an argument itself has the gradient of that, and is no other leaf
        boolean leaf = program.statements().get(i) instanceof Statement.Leaf;
        Tensor gradient = leaf ? tensors.get(i).grad() : null;
        gradients.add(gradient == null ? null : Elements.of(gradient));
      }
    }
    return new Outcome(values, Collections.unmodifiableList(gradients), refusal);
  }

  private Tensor tensor(Statement statement, int number) {
    return switch (statement) {
      case Statement.Leaf leaf ->
          Tensors.tensor(
              leaf.array(),
              leaf.shape(),
              TensorOptions.of(leaf.dtype()).device(device).requiresGrad(leaf.requiresGrad()));
      case Statement.Call call -> {
        List<Tensor> inputs = call.slots().stream().map(tensors::get).toList();
        Tensor result = call(call, operands(call, number));
        if (noise != Noise.NONE) {
          Rounding.disturb(call, number, result, inputs, noise);
          Rounding.turnNaNs(call, result, inputs, noise);
          if (result.requiresGrad()) {
            Rounding.disturbGradient(number, result, noise, this::coarsestUnit);
          }
        }
        yield result;
      }
    };
  }

  private double coarsestUnit() {
    return tensors.stream()
        .filter(tensor -> tensor.dtype().isFloatingPoint())
        .mapToDouble(tensor -> Rounding.unit(tensor.dtype()))
        .max()
        .orElse(0);
  }

  /**
   * What a call takes for a statement's tensor. Each use has rounding errors of its own: the terms
   * of a gradient that come from two uses may cancel, and their errors do not.
   */
  private IntFunction<Tensor> operands(Statement.Call call, int number) {
    if (noise == Noise.NONE || call.inPlace()) {
      return tensors::get;
    }
    AtomicInteger uses = new AtomicInteger(64 * number);
    return slot ->
        Rounding.operand(
            call, tensors.get(slot), uses.getAndIncrement(), noise, this::coarsestUnit);
  }

  private static Tensor call(Statement.Call call, IntFunction<Tensor> tensors) {
    List<@Nullable Object> arguments = new ArrayList<>();
    for (Argument argument : call.arguments()) {
      arguments.add(argument.in(tensors));
    }
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    call.named().forEach((name, argument) -> named.put(name, argument.in(tensors)));
    List<Tensor> results = Ops.callAll(call.operator(), arguments, named);
    return results.get(Math.max(call.result(), 0));
  }

  private void backward() {
    List<Tensor> outputs = new ArrayList<>();
    List<Tensor> weights = new ArrayList<>();
    for (int slot : program.outputs()) {
      Tensor output = tensors.get(slot);
      if (output.requiresGrad()) {
        outputs.add(output);
        weights.add(
            Tensors.tensor(
                Program.weights(output.numel()),
                output.shape(),
                TensorOptions.of(output.dtype()).device(device)));
      }
    }
    if (!outputs.isEmpty()) {
      Autograd.backward(outputs, weights, false, false);
    }
  }
}
