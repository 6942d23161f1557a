package fluxion.benchmarks.workloads;

import fluxion.api.Device;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.nn.Layer;

/** The device that workloads run on. */
final class Place {
  private static final Device DEVICE =
      Device.of(System.getProperty("fluxion.benchmarks.device", "cpu"));

  private Place() {}

  static Tensor tensor(Object values, long... shape) {
    return Tensors.tensor(values, Shape.of(shape), TensorOptions.DEFAULT.device(DEVICE));
  }

  static Tensor leaf(Object values, long... shape) {
    return tensor(values, shape).requiresGrad_();
  }

  static Layer put(Layer network) {
    return network.to(DEVICE);
  }

  /** A device with a queue is waited for at the end of each run: what is timed is work done. */
  static Workload waitingFor(Workload workload) {
    if (DEVICE.equals(Device.CPU)) {
      return workload;
    }
    Tensor last = tensor(new float[] {1}, 1);
    return () -> {
      Object result = workload.run();
      last.item();
      return result;
    };
  }
}
