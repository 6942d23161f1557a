package fluxion.benchmarks.workloads;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** The manager that owns what workloads keep. */
final class Base {
  static final NDManager MANAGER = NDManager.newBaseManager();

  private Base() {}

  static NDArray tensor(float[] values, long... shape) {
    return MANAGER.create(values, new Shape(shape));
  }

  static NDArray leaf(float[] values, long... shape) {
    NDArray tensor = tensor(values, shape);
    tensor.setRequiresGradient(true);
    return tensor;
  }
}
