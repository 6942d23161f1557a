package fluxion.conformance.reference;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.engine.spi.Kernel;
import org.jspecify.annotations.Nullable;

/**
 * Matrix products.
 *
 * <p>The sum of a float product is exact and rounded once to the compute dtype; that of an integer
 * product is an int64, that of truth values counts those where both are true. It is converted to
 * the output's dtype, or to that of the epilogue's input.
 */
final class Products {
  private Products() {}

  /** Multiplies; see {@link fluxion.engine.spi.Backend#matmul}. */
  static void multiply(
      Window a, Window b, Window output, @Nullable Kernel epilogue, Window[] inputs, Scalar[] s) {
    int rows = output.dims() - 2;
    int columns = output.dims() - 1;
    DType sums = a.dtype().isFloatingPoint() ? a.dtype().computeType() : DType.INT64;
    Interpreter map = epilogue == null ? null : new Interpreter(epilogue, s);
    DType type = epilogue == null ? output.dtype() : inputType(epilogue, sums);
    // Stored when all is read, for the output may lie where an input does.
    long[] results = new long[output.numel()];
    int next = 0;
    for (Walk at = new Walk(output.sizes()); at.isInside(); at.next()) {
      long[] left = at.index().clone();
      long[] right = at.index().clone();
      long sum;
      if (sums == DType.INT64) {
        sum = 0;
        for (long k = 0; k < a.size(columns); k++) {
          left[columns] = k;
          right[rows] = k;
          sum += a.get(left) * b.get(right);
        }
      } else {
        ExactSum exact = new ExactSum();
        for (long k = 0; k < a.size(columns); k++) {
          left[columns] = k;
          right[rows] = k;
          exact.addProduct(Element.toDouble(a.get(left)), Element.toDouble(b.get(right)));
        }
        sum = Element.of(exact.rounded(sums));
      }
      long element = Element.cast(sum, sums, type);
      results[next++] = map == null ? element : mapped(map, element, inputs, at.index());
    }
    output.fill(results);
  }

  private static DType inputType(Kernel epilogue, DType otherwise) {
    DType type = epilogue.inputCount() == 0 ? null : epilogue.inputType(0);
    return type == null ? otherwise : type;
  }

  private static long mapped(Interpreter map, long element, Window[] inputs, long[] index) {
    long[] values = new long[inputs.length + 1];
    values[0] = element;
    for (int i = 0; i < inputs.length; i++) {
      values[i + 1] = inputs[i].get(index);
    }
    return map.run(values, index)[0];
  }
}
