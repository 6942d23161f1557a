package fluxion.tests.operators;

import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import fluxion.api.Ops;
import fluxion.api.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code addmm} computes β·self + α·(mat1·mat2) for factors that are 0, 1 and neither. */
final class AddmmTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 0.5", "2, 1", "2, 0.5", "2, 0", "1, 0", "0, 3", "-1, -2"})
  void factors_scale_the_product_and_the_summand(double alpha, double beta) {
    Tensor self = tensor(new double[] {10, 20, 30, 40}).reshape(2, 2);
    Tensor mat1 = tensor(new double[] {1, 2, 3, 4}).reshape(2, 2);
    Tensor mat2 = tensor(new double[] {5, 6, 7, 8}).reshape(2, 2);
    double[] product = {19, 22, 43, 50};
    double[] expected = new double[4];
    for (int i = 0; i < 4; i++) {
      expected[i] = beta * 10 * (i + 1) + alpha * product[i];
    }
    Tensor result =
        Ops.call(
            "addmm",
            List.of(self, mat1, mat2),
            Map.<String, Object>of("alpha", alpha, "beta", beta));
    assertArrayEquals(expected, result.flatten().toDoubleArray());
  }
}
