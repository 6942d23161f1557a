package fluxion.backend.cpu;

import fluxion.backend.cpu.workers.Workers;
import fluxion.engine.spi.Operand;

/**
 * Adds elements by index along the last dimension where everything is contiguous: each line of the
 * target has elements of its own, added in their order.
 */
final class LineScatter {
  /** From how many elements on threads share the lines. */
  private static final long PARALLEL = 1 << 15;

  private static final int PARTS = 32;

  private final Object target;
  private final Object source;
  private final long[] index;
  private final int targetOffset;
  private final int sourceOffset;
  private final int indexOffset;

  /** The elements of a line of the target, and of the indices. */
  private final int size;

  private final int length;

  private LineScatter(Operand target, Operand index, Operand source, int size, int length) {
    this.target = CpuBuffer.elements(target).array();
    this.source = CpuBuffer.elements(source).array();
    this.index = (long[]) CpuBuffer.elements(index).array();
    this.targetOffset = (int) target.offset();
    this.sourceOffset = (int) source.offset();
    this.indexOffset = (int) index.offset();
    this.size = size;
    this.length = length;
  }

  /**
   * Adds elements, if they and the indices lie so and all indices are in range; otherwise nothing
   * is written.
   *
   * @return whether they were added
   */
  static boolean add(Operand target, int dim, Operand index, Operand source) {
    int dims = target.shape().dim();
    if (dims == 0
        || dim != dims - 1
        || index.numel() == 0
        || !target.isContiguous()
        || !index.isContiguous()
        || !source.isContiguous()
        || Copier.overlap(source, target)) {
      return false;
    }
    Object array = CpuBuffer.elements(target).array();
    if (!(array instanceof float[] || array instanceof double[])
        || !index.shape().equals(target.shape().with(dim, index.shape().size(dim)))) {
      return false;
    }
    int size = (int) target.shape().size(dim);
    int length = (int) index.shape().size(dim);
    LineScatter scatter = new LineScatter(target, index, source, size, length);
    if (!scatter.areInRange((int) index.numel())) {
      return false;
    }
    long lines = index.numel() / length;
    int parts = index.numel() < PARALLEL ? 1 : (int) Math.min(PARTS, lines);
    Workers.run(
        parts,
        part -> scatter.lines((int) (lines * part / parts), (int) (lines * (part + 1) / parts)));
    return true;
  }

  private boolean areInRange(int count) {
    long signs = 0; // of all together, without a branch that would keep them from vectors
    for (int i = indexOffset; i < indexOffset + count; i++) {
      signs |= index[i] | (size - 1 - index[i]);
    }
    return signs >= 0;
  }

  private void lines(int from, int to) {
    for (int line = from; line < to; line++) {
      int written = targetOffset + line * size;
      int read = sourceOffset + line * length;
      int place = indexOffset + line * length;
      if (target instanceof float[] y) {
        float[] x = (float[]) source;
        for (int i = 0; i < length; i++) {
          y[written + (int) index[place + i]] += x[read + i];
        }
      } else {
        double[] y = (double[]) target;
        double[] x = (double[]) source;
        for (int i = 0; i < length; i++) {
          y[written + (int) index[place + i]] += x[read + i];
        }
      }
    }
  }
}
