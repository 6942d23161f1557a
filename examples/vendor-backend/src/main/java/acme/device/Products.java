package acme.device;

import fluxion.api.*;
import fluxion.engine.spi.*;

/** Matrix products: each element is one chain of fused multiply-adds in ascending k. */
interface Products extends Pointwise {
  /** The product lies apart from the output, which may be the same window as an input. */
  @Override
  default void matmul(Operand a, Operand b, Operand output, MatmulEpilogue epilogue) {
    Kernel map = epilogue == null ? null : epilogue.kernel().kernel();
    DType read = map == null || map.inputCount() == 0 ? null : map.inputType(0);
    Operand product = Cursor.temporary(read == null ? a.dtype() : read, output.shape());
    if (product.numel() > 0) {
      multiply(a, b, AcmeBuffer.of(product.buffer()));
    }
    if (epilogue == null) {
      copy(product, output);
      return;
    }
    Operand[] inputs = new Operand[epilogue.inputs().length + 1];
    inputs[0] = product;
    System.arraycopy(epilogue.inputs(), 0, inputs, 1, inputs.length - 1);
    launch(epilogue.kernel(), new Operand[] {output}, inputs, epilogue.scalars());
  }

  private static void multiply(Operand a, Operand b, AcmeBuffer product) {
    int m = Cursor.length(a, -2);
    int k = Cursor.length(a, -1);
    int n = Cursor.length(b, -1);
    Cursor left = new Cursor(a);
    Cursor right = Cursor.lines(b, -2); // column after column
    AcmeBuffer l = left.buffer;
    AcmeBuffer r = right.buffer;
    for (int at = 0; at < product.elements(); at += m * n) {
      int[] rows = left.next(m * k);
      int[] columns = right.next(k * n);
      for (int ij = 0; ij < m * n; ij++) {
        double floats = 0;
        long integers = 0;
        for (int p = 0; p < k; p++) {
          int x = rows[ij / n * k + p];
          int y = columns[ij % n * k + p];
          switch (a.dtype()) {
            case FLOAT32 ->
                floats = Math.fma((float) l.getDouble(x), (float) r.getDouble(y), (float) floats);
            case FLOAT64 -> floats = Math.fma(l.getDouble(x), r.getDouble(y), floats);
            default -> integers += l.getLong(x) * r.getLong(y);
          }
        }
        if (a.dtype().isFloatingPoint()) {
          product.setDouble(at + ij, floats);
        } else {
          product.setLong(at + ij, integers);
        }
      }
    }
  }
}
