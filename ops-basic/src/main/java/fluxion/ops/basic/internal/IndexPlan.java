package fluxion.ops.basic.internal;

import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Primitives;
import java.util.ArrayList;
import java.util.List;

/**
 * Which dimensions of a tensor are indexed together, and where the dimensions of their indices
 * stand in the result: in the place of the indexed ones if these are neighbours, else in front.
 *
 * @param dims the indexed dimensions, ascending
 * @param at where the dimensions of the indices start in the result
 */
record IndexPlan(List<Integer> dims, int at) {
  /** The plan for some dimensions. */
  static IndexPlan of(List<Integer> dims) {
    boolean neighbours = dims.getLast() - dims.getFirst() == dims.size() - 1;
    return new IndexPlan(List.copyOf(dims), neighbours ? dims.getFirst() : 0);
  }

  /** The first dimensions. */
  static IndexPlan leading(int count) {
    List<Integer> dims = new ArrayList<>();
    for (int d = 0; d < count; d++) {
      dims.add(d);
    }
    return new IndexPlan(dims, 0);
  }

  /** The tensor's dimensions, those that are indexed in front. */
  private int[] front(int rank) {
    int[] order = new int[rank];
    int to = 0;
    for (int d : dims) {
      order[to++] = d;
    }
    for (int d = 0; d < rank; d++) {
      if (!dims.contains(d)) {
        order[to++] = d;
      }
    }
    return order;
  }

  /** The result's dimensions, those of the indices in front. */
  private int[] block(int indexRank, int rank) {
    int[] order = new int[rank];
    for (int i = 0; i < rank; i++) {
      if (i < indexRank) {
        order[i] = at + i;
      } else {
        order[i] = i - indexRank < at ? i - indexRank : i;
      }
    }
    return order;
  }

  private static int[] inverse(int[] order) {
    int[] inverse = new int[order.length];
    for (int d = 0; d < order.length; d++) {
      inverse[order[d]] = d;
    }
    return inverse;
  }

  private static boolean isIdentity(int[] order) {
    for (int d = 0; d < order.length; d++) {
      if (order[d] != d) {
        return false;
      }
    }
    return true;
  }

  private static Tensor aliased(Tensor tensor, int[] order) {
    return isIdentity(order) ? tensor : Primitives.alias(tensor, layout -> layout.permute(order));
  }

  private static Tensor permuted(Tensor tensor, int[] order) {
    return isIdentity(order) ? tensor : tensor.permute(order);
  }

  // ---- on memory, nothing is recorded

  /** A tensor with the indexed dimensions in front. */
  Tensor front(Tensor tensor) {
    return aliased(tensor, front(tensor.dim()));
  }

  /** A result with the dimensions of the indices in front, put in its order. */
  Tensor placed(Tensor result, int indexRank) {
    return aliased(result, inverse(block(indexRank, result.dim())));
  }

  /** A tensor of the result's shape with the dimensions of the indices in front. */
  Tensor blockFirst(Tensor values, int indexRank) {
    return aliased(values, block(indexRank, values.dim()));
  }

  // ---- recorded

  /** A cotangent of the result with the dimensions of the indices in front. */
  Tensor leadingBlock(Tensor gradOutput, int indexRank) {
    return permuted(gradOutput, block(indexRank, gradOutput.dim()));
  }

  /** A gradient whose indexed dimensions are in front, in the tensor's order. */
  Tensor back(Tensor gradient) {
    return permuted(gradient, inverse(front(gradient.dim())));
  }

  // ---- shapes

  /** The shape of a tensor with the indexed dimensions in front. */
  Shape frontShape(Shape shape) {
    int[] order = front(shape.dim());
    long[] sizes = new long[order.length];
    for (int d = 0; d < sizes.length; d++) {
      sizes[d] = shape.size(order[d]);
    }
    return Shape.of(sizes);
  }

  /** The shape of what is picked. */
  Shape resultShape(Shape shape, Shape index) {
    List<Long> sizes = new ArrayList<>();
    for (int d = 0; d < shape.dim(); d++) {
      if (!dims.contains(d)) {
        sizes.add(shape.size(d));
      }
    }
    for (int d = 0; d < index.dim(); d++) {
      sizes.add(at + d, index.size(d));
    }
    return Shape.of(sizes.stream().mapToLong(size -> size).toArray());
  }
}
