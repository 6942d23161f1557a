package fluxion.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

/** Every workload runs: figures of a benchmark that fails are found out too late. */
class WorkloadsTest {
  @Test
  void the_graph_gives_the_tutorials_gradient() {
    assertArrayEquals(
        new float[] {4, 16 / 3f, 20 / 3f}, new Graph().tutorial().toFloatArray(), 1e-6f);
  }

  @Test
  void matrices_are_multiplied() {
    Gemm gemm = new Gemm();
    gemm.n = 8;
    gemm.setUp();
    gemm.sgemm();
  }

  @Test
  void pointwise_operations_run() {
    Elementwise elementwise = new Elementwise();
    elementwise.n = 100;
    elementwise.setUp();
    elementwise.add();
    elementwise.addUnscoped();
    elementwise.exp();
    elementwise.tanh();
    elementwise.chain();
  }

  @Test
  void reductions_run() {
    Reduction reduction = new Reduction();
    reduction.n = 100;
    reduction.setUp();
    reduction.sum();
    reduction.columns();
  }

  @Test
  void calls_and_their_kernels_give_the_same() {
    Call call = new Call();
    call.setUp();
    assertArrayEquals(call.add().toFloatArray(), call.addRecorded().detach().toFloatArray());
    assertArrayEquals(call.sum().toFloatArray(), call.sumRecorded().detach().toFloatArray());
    assertArrayEquals(call.matmul().toFloatArray(), call.matmulRecorded().detach().toFloatArray());
    assertArrayEquals(
        call.transpose().toFloatArray(), call.transposeRecorded().detach().toFloatArray());
    assertArrayEquals(call.add().toFloatArray(), call.read(call.addKernel()));
    assertArrayEquals(call.sum().toFloatArray(), call.read(call.sumKernel()));
    assertArrayEquals(call.matmul().toFloatArray(), call.read(call.matmulKernel()));
  }
}
