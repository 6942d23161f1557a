package fluxion.tests.plugins;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.api.Memory;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.engine.spi.Registration;
import fluxion.nn.Layer;
import fluxion.nn.Linear;
import fluxion.nn.ReLU;
import fluxion.nn.Sequential;
import fluxion.nn.norm.BatchNorm1d;
import fluxion.nn.optim.SGD;
import fluxion.nn.optim.SGDOptions;
import fluxion.ops.nn.Functional;
import fluxion.tests.support.StandIn;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Models on another device than that on which they were made. */
final class MovedLayersTest {
  private static final Device FAR = Device.of("far");
  private static Registration registration;

  @BeforeAll
  static void offer_a_device_without_float64() {
    registration =
        Registration.of(
            new StandIn(
                FAR,
                (method, arguments) -> {
                  if (method.startsWith("allocate") && arguments.contains(DType.FLOAT64)) {
                    throw new DTypeException("the device 'far' stores no float64");
                  }
                }));
  }

  @AfterAll
  static void withdraw_it() {
    registration.close();
  }

  private static Layer model() {
    Tensors.manualSeed(3);
    return new Sequential(new Linear(4, 8), new ReLU(), new Linear(8, 3));
  }

  private static Tensor loss(Layer model, Device device) {
    Tensors.manualSeed(4);
    Tensor x = Tensors.randn(6, 4).to(device);
    return Functional.crossEntropy(model.forward(x), Tensors.tensor(0, 1, 2, 0, 1, 2).to(device));
  }

  @Test
  void parameters_move_in_place_with_their_gradients() {
    Layer model = model();
    List<Tensor> parameters = model.parameters();
    loss(model, Device.CPU).backward();
    float[] weight = parameters.get(0).toFloatArray();
    float[] gradient = parameters.get(0).grad().toFloatArray();
    assertSame(model, model.to(FAR));
    for (int i = 0; i < parameters.size(); i++) {
      Tensor parameter = parameters.get(i);
      assertSame(parameter, model.parameters().get(i));
      assertEquals(FAR, parameter.device());
      assertEquals(FAR, parameter.grad().device());
      assertTrue(parameter.requiresGrad() && parameter.isLeaf());
    }
    assertArrayEquals(weight, parameters.get(0).toFloatArray());
    assertArrayEquals(gradient, parameters.get(0).grad().toFloatArray());
  }

  @Test
  void an_optimiser_that_was_made_before_trains_the_moved_model() {
    float[][] trained = new float[2][];
    Device[] devices = {Device.CPU, FAR};
    for (int d = 0; d < devices.length; d++) {
      Layer model = model();
      SGD optimizer = new SGD(model.parameters(), new SGDOptions(0.1).momentum(0.9));
      try (var _ = Memory.scope()) {
        model.to(devices[d]);
      }
      for (int step = 0; step < 3; step++) {
        try (var _ = Memory.scope()) {
          Tensor loss = loss(model, devices[d]);
          optimizer.zeroGrad();
          loss.backward();
          optimizer.step();
        }
      }
      trained[d] = model.parameters().get(0).toFloatArray();
    }
    assertArrayEquals(trained[0], trained[1]);
  }

  @Test
  void buffers_move_too_and_are_kept_up_there() {
    float[][] means = new float[2][];
    Device[] devices = {Device.CPU, FAR};
    for (int d = 0; d < devices.length; d++) {
      BatchNorm1d norm = new BatchNorm1d(3);
      List<Tensor> buffers = norm.buffers();
      norm.to(devices[d]);
      Tensors.manualSeed(5);
      norm.forward(Tensors.randn(4, 3).to(devices[d]));
      for (int b = 0; b < buffers.size(); b++) {
        assertSame(buffers.get(b), norm.buffers().get(b));
        assertEquals(devices[d], buffers.get(b).device());
      }
      means[d] = norm.namedBuffers().get("running_mean").toFloatArray();
    }
    assertArrayEquals(means[0], means[1]);
  }

  @Test
  void a_model_that_is_there_already_is_not_touched() {
    Layer model = model();
    long version = model.parameters().get(0).version();
    model.to(Device.CPU);
    assertEquals(version, model.parameters().get(0).version());
  }

  @Test
  void if_one_parameter_cannot_move_none_does() {
    Layer model =
        new Sequential(new Linear(2, 2), new Linear(2, 2, true, TensorOptions.of(DType.FLOAT64)));
    assertThrows(DTypeException.class, () -> model.to(FAR));
    for (Tensor parameter : model.parameters()) {
      assertEquals(Device.CPU, parameter.device());
    }
  }

  @Test
  void a_device_that_is_not_there_is_an_error() {
    assertThrows(DeviceException.class, () -> model().to(Device.of("nowhere")));
  }
}
