package fluxion.backend.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Device;
import fluxion.api.IndexException;
import fluxion.api.Memory;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.nn.Layer;
import fluxion.nn.Linear;
import fluxion.nn.ReLU;
import fluxion.nn.Sequential;
import fluxion.nn.optim.SGD;
import fluxion.nn.optim.SGDOptions;
import fluxion.ops.nn.Functional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The network of the digits job on the device: what it computes, and what a step costs the host.
 */
class TrainingTest {
  private static final int PIXELS = 64;
  private static final int CLASSES = 10;
  private static final int BATCH = 32;
  private static final int STEPS = 50;

  private static Watched watched;

  @BeforeAll
  static void open() {
    watched = new Watched();
  }

  @AfterAll
  static void close() {
    if (watched != null) {
      watched.close();
    }
  }

  /** A training run on images of classes that can be told apart. */
  private static final class Run {
    private final Device device;
    private final SplittableRandom random = new SplittableRandom(5);
    private final float[][] shapes = new float[CLASSES][PIXELS];
    private final Layer model;
    private final SGD optimizer;
    private final Tensor losses;
    private int step;

    Run(Device device) {
      this.device = device;
      for (float[] shape : shapes) {
        for (int pixel = 0; pixel < PIXELS; pixel++) {
          shape[pixel] = random.nextFloat();
        }
      }
      Tensors.manualSeed(0);
      model =
          new Sequential(new Linear(PIXELS, 64), new ReLU(), new Linear(64, CLASSES)).to(device);
      optimizer = new SGD(model.parameters(), new SGDOptions(0.05).momentum(0.9));
      losses = Tensors.zeros(TensorOptions.DEFAULT.device(device), STEPS);
    }

    void step() {
      float[] images = new float[BATCH * PIXELS];
      long[] classes = new long[BATCH];
      for (int image = 0; image < BATCH; image++) {
        int seen = random.nextInt(CLASSES);
        classes[image] = seen;
        for (int pixel = 0; pixel < PIXELS; pixel++) {
          images[image * PIXELS + pixel] = shapes[seen][pixel] + 0.5f * random.nextFloat();
        }
      }
      TensorOptions options = TensorOptions.DEFAULT.device(device);
      try (var _ = Memory.scope()) {
        Tensor x = Tensors.tensor(images, Shape.of(BATCH, PIXELS), options);
        Tensor y = Tensors.tensor(classes, Shape.of(BATCH), options);
        Tensor loss = Functional.crossEntropy(model.forward(x), y);
        optimizer.zeroGrad();
        loss.backward();
        optimizer.step();
        losses.select(0, step++).copy_(loss.detach());
      }
    }

    float[] losses() {
      while (step < STEPS) {
        step();
      }
      return losses.toFloatArray();
    }
  }

  @Test
  void the_losses_of_the_first_50_steps_are_those_of_the_cpu() {
    float[] expected = new Run(Device.CPU).losses();
    float[] found = new Run(Watched.DEVICE).losses();
    assertTrue(expected[STEPS - 1] < 0.3 * expected[0], "it learns");
    for (int i = 0; i < STEPS; i++) {
      // the budget of rule B-812: rounding errors grow from step to step
      double allowed = Math.ulp(1f) * 64 * (i + 1) * expected[0];
      assertEquals(expected[i], found[i], allowed, "the loss of step " + (i + 1));
    }
  }

  @Test
  void a_warm_step_neither_waits_nor_asks_the_driver_for_memory() {
    Run run = new Run(Watched.DEVICE);
    for (int i = 0; i < 5; i++) {
      run.step();
    }
    watched.backend().synchronize();
    long launches = watched.count("launches");
    long waits = watched.count("waits");
    long allocations = watched.count("driver allocations");
    long pauses = watched.count("pauses");
    for (int i = 0; i < 5; i++) {
      run.step();
    }
    assertTrue(watched.count("launches") > launches);
    assertEquals(waits, watched.count("waits"));
    assertEquals(allocations, watched.count("driver allocations"));
    assertEquals(pauses, watched.count("pauses"));
    assertTrue(run.losses()[STEPS - 1] < run.losses()[0]);
    assertTrue(watched.count("waits") > waits);
  }

  @Test
  void a_class_that_is_not_there_is_refused_when_the_loss_is_read() {
    Tensor logits =
        Tensors.ones(TensorOptions.DEFAULT.device(Watched.DEVICE), 2, 3).requiresGrad_();
    Tensor loss = Functional.crossEntropy(logits, Tensors.tensor(1, 3).to(Watched.DEVICE));
    assertEquals(
        "gather: index 3 is out of bounds for dimension 1 with size 3",
        assertThrows(IndexException.class, loss::item).getMessage());
    Tensor good = Functional.crossEntropy(logits, Tensors.tensor(1, 2).to(Watched.DEVICE));
    assertEquals(Math.log(3), good.item(), 1e-6);
  }
}
