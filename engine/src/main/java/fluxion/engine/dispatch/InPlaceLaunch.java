package fluxion.engine.dispatch;

import fluxion.api.ArgumentException;
import fluxion.api.AutogradException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import fluxion.engine.tape.OpenDevice;
import fluxion.engine.tape.TensorImpl;
import fluxion.engine.tape.ThreadState;
import fluxion.engine.vmap.Batching;

/** A kernel of several outputs that writes into tensors there are, in one pass. */
public final class InPlaceLaunch {
  private InPlaceLaunch() {}

  /**
   * Writes the results of a kernel at every index into tensors, without recording.
   *
   * @param name the operator that writes, for messages
   * @param kernel what is computed
   * @param outputs one tensor for each output of the kernel, all of one shape
   * @param inputs tensors that are expanded to that shape, among them perhaps the outputs
   * @param scalars the values of the runtime scalars
   */
  public static void pointwise(
      String name, Kernel kernel, Tensor[] outputs, Tensor[] inputs, Scalar... scalars) {
    checkUnrecorded(name, outputs, inputs);
    OpenDevice device = Operands.device(outputs);
    Operands.device(outputs[0], inputs);
    Shape shape = outputs[0].shape();
    Pointwise.checkBroadcastsInto(shape, Shape.broadcast(shape, Operands.broadcast(inputs)));
    Batching batch = Batching.of(inputs).and(outputs);
    Operand[] outs = new Operand[outputs.length];
    for (int i = 0; i < outs.length; i++) {
      TensorImpl output = TensorImpl.of(outputs[i]);
      Pointwise.checkBroadcastsInto(output.shape(), shape);
      checkDType(name, output.dtype(), kernel.output(i).type());
      batch.checkCovers(name, output);
      Writes.checkWritable(output);
      checkApart(name, outputs, i);
      outs[i] = batch.operand(output);
    }
    if (!batch.isEmpty(shape)) {
      Operand[] ins = new Operand[inputs.length];
      for (int i = 0; i < ins.length; i++) {
        ins[i] = batch.operand(separate(TensorImpl.of(inputs[i]), outputs), shape);
      }
      device.backend().launch(device.compile(batch.kernel(kernel)), outs, ins, scalars);
    }
    for (Tensor output : outputs) {
      TensorImpl.of(output).versionCounter().bump(name);
    }
  }

  private static void checkUnrecorded(String name, Tensor[] outputs, Tensor[] inputs) {
    if (ThreadState.current().isGradEnabled()
        && (anyRequiresGrad(outputs) || anyRequiresGrad(inputs))) {
      throw new AutogradException(
          name
              + ": a write that is not recorded was asked for while recording is on and a tensor"
              + " requires a gradient; do it within Autograd.noGrad()");
    }
  }

  private static boolean anyRequiresGrad(Tensor[] tensors) {
    for (Tensor tensor : tensors) {
      if (tensor.requiresGrad()) {
        return true;
      }
    }
    return false;
  }

  private static void checkDType(String name, DType found, DType result) {
    if (found != result) {
      throw new DTypeException(
          name + ": a result of dtype " + result + " cannot be stored in a tensor of " + found);
    }
  }

  private static void checkApart(String name, Tensor[] outputs, int i) {
    TensorImpl output = TensorImpl.of(outputs[i]);
    for (int j = 0; j < i; j++) {
      if (TensorImpl.of(outputs[j]).storage().buffer() == output.storage().buffer()) {
        throw new ArgumentException(
            name + ": written-to tensors " + j + " and " + i + " share memory; clone() one");
      }
    }
  }

  /** An input that lies in an output's memory, but not exactly as it does, is copied first. */
  private static Tensor separate(TensorImpl input, Tensor[] outputs) {
    for (Tensor output : outputs) {
      TensorImpl target = TensorImpl.of(output);
      if (input.storage().buffer() == target.storage().buffer()
          && !(input.layout().equals(target.layout()) && input.batch() == target.batch())) {
        return Launches.cast(input, input.dtype());
      }
    }
    return input;
  }
}
