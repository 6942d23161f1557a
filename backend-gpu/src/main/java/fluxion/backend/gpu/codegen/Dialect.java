package fluxion.backend.gpu.codegen;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.engine.spi.Kernel;

/**
 * What a source is written for.
 *
 * @param chunked whether a work-item takes elements that lie together, as processors like it, or
 *     every n-th, so that neighbours read neighbours
 * @param fp64 whether there is double
 */
public record Dialect(boolean chunked, boolean fp64) {
  /**
   * Says of the loop behind it that no iteration depends on another; others than clang skip it. The
   * width is that of the widest vectors in floats, narrower machines take several.
   */
  static final String INDEPENDENT =
      "#pragma clang loop vectorize(assume_safety) vectorize_width(16)\n";

  /**
   * {@return the head of a source}
   *
   * @param wide whether places may be beyond 2³¹
   * @param most the largest order of a polygamma
   */
  String head(boolean wide, int most) {
    String real = fp64 ? "double" : "float";
    String head = fp64 ? "(double)(float)(x)" : "as_float(as_uint(x) & 0xfffff000u)";
    return "#pragma OPENCL FP_CONTRACT OFF\n"
        + (fp64 ? "#pragma OPENCL EXTENSION cl_khr_fp64 : enable\n" : "")
        + ("typedef " + (wide ? "long" : "int") + " place;\n")
        + ("typedef " + real + " real;\n")
        + ("#define HEAD(x) (" + head + ")\n")
        + ("#define MOST_ORDER " + most + "\n");
  }

  /**
   * {@return the beginning of a kernel's declaration}
   *
   * <p>LLVM keeps to 256 bits on processors that have 512, unless a function says that it needs
   * more; formulas with many operations take half the time then.
   */
  String kernel() {
    return (chunked ? "__attribute__((min_vector_width(512)))\n" : "") + "__kernel void ";
  }

  /**
   * Checks that a kernel can be compiled.
   *
   * @param kernel the kernel
   * @throws DTypeException if it computes in a dtype that the device lacks
   */
  public void require(Kernel kernel) {
    if (!fp64 && kernel.nodes().stream().anyMatch(node -> node.type() == DType.FLOAT64)) {
      throw new DTypeException(
          "the device computes no " + DType.FLOAT64 + "; convert to " + DType.FLOAT32);
    }
  }
}
