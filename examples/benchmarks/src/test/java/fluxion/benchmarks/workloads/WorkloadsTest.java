package fluxion.benchmarks.workloads;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.api.Tensor;
import fluxion.nn.LoadReport;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Small sizes of every workload run: what fails in a benchmark is found out too late. */
class WorkloadsTest {
  private static double fifth(Workload workload) throws Exception {
    Object last = null;
    for (int i = 0; i < 5; i++) {
      last = workload.run();
    }
    return ((Number) last).doubleValue();
  }

  private static float[] tensor(Workload workload) throws Exception {
    return ((Tensor) workload.run()).detach().toFloatArray();
  }

  @Test
  void the_graph_gives_the_tutorials_gradient() throws Exception {
    Tensor x = (Tensor) Differentiation.tutorial().run();
    assertArrayEquals(new float[] {4, 16 / 3f, 20 / 3f}, x.grad().toFloatArray(), 1e-6f);
  }

  @Test
  void networks_come_to_the_losses_that_pytorch_comes_to() throws Exception {
    assertEquals(1.10553, fifth(Training.step(Networks.mlp(4, 16, 3), 3, 8, 4)), 1e-5);
    assertEquals(2.30261, fifth(Training.step(Networks.mlp(784, 512, 256, 10), 10, 64, 784)), 1e-5);
  }

  @Test
  void convolutional_networks_run() throws Exception {
    Training.step(Networks.lenet(), 10, 2, 1, 28, 28).run();
    Training.gradient(Networks.resnet18(), 1000, 1, 3, 64, 64).run();
    Training.inference(Networks.resnet18(), 1, 3, 32, 32).run();
    Training.update(Networks.mlp(4, 3)).run();
  }

  @Test
  void state_dicts_are_loaded() throws Exception {
    for (String suffix : List.of(".pth", ".safetensors")) {
      LoadReport report = (LoadReport) StateDicts.load(Networks.mlp(4, 3), suffix).run();
      assertEquals(List.of(), report.missingKeys());
    }
  }

  @Test
  void operations_on_vectors_and_matrices_run() throws Exception {
    for (Workload workload :
        List.of(
            Pointwise.addNew(100),
            Pointwise.addInScope(100),
            Pointwise.addInPlace(100),
            Pointwise.exp(100),
            Pointwise.tanh(100),
            Pointwise.six(100),
            Reductions.sum(100),
            Reductions.columns(10),
            Products.single(8),
            Products.twice(8),
            Differentiation.softmax(8),
            Differentiation.attention(1, 2, 8, 4))) {
      workload.run();
    }
  }

  @Test
  void calls_and_their_kernels_run() throws Exception {
    assertArrayEquals(tensor(Call.add()), tensor(Call.addRecorded()));
    assertArrayEquals(tensor(Call.sum()), tensor(Call.sumRecorded()));
    assertArrayEquals(tensor(Call.matmul()), tensor(Call.matmulRecorded()));
    assertArrayEquals(tensor(Call.transpose()), tensor(Call.transposeRecorded()));
    for (Workload kernel : List.of(Call.addKernel(), Call.sumKernel(), Call.matmulKernel())) {
      kernel.run();
    }
  }

  @Test
  void the_machine_is_asked_what_it_can_do() throws Exception {
    Machine.read(1000).run();
    Machine.add(1000).run();
  }
}
