package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.DType;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.engine.spi.Catalogue;
import fluxion.ops.basic.LinalgCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sums of products by an equation. Operands are taken from left to right, two at a time: what is
 * summed after two of them have met is contracted by a product of matrices.
 */
final class Einsum {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("einsum")) {
        t.add(
            named("einsum")
                .overload(
                    "(str equation, Tensor[] operands)", LinalgCall.Einsum.class, Einsum::einsum)
                .samples(
                    s ->
                        List.of(
                            sample("ij,jk->ik", List.of(s.tensor(2, 3), s.tensor(3, 4))),
                            sample("...ij,...j", List.of(s.tensor(2, 2, 3), s.tensor(3))),
                            sample("ii->i", List.of(s.tensor(3, 3))),
                            sample(
                                "ij,jk,kl->li",
                                List.of(s.tensor(2, 3), s.tensor(3, 2), s.tensor(2, 2))),
                            sample("bij,bkj->b", List.of(s.tensor(2, 2, 3), s.tensor(2, 2, 3))),
                            sample("i,j->ji", List.of(s.tensor(2), s.tensor(3))))));
      }
    }
  }

  private Einsum() {}

  static Tensor einsum(String equation, Tensor[] operands) {
    EinsumEquation parsed = EinsumEquation.parse(equation, operands);
    DType dtype = operands[0].dtype();
    boolean wide = operands.length > 1 && dtype.computeType() != dtype;
    List<Tensor> aligned = new ArrayList<>();
    for (int i = 0; i < operands.length; i++) {
      Tensor operand = wide ? Matrices.wide(operands[i]) : operands[i];
      aligned.add(parsed.aligned(operand, i));
    }
    checkSizes(parsed, operands, aligned);
    int rank = parsed.order().size();
    int[] last = last(aligned, rank);
    Tensor result = sum(aligned.get(0), due(last, parsed.kept(), 0));
    for (int i = 1; i < operands.length; i++) {
      result = pair(result, aligned.get(i), due(last, parsed.kept(), i));
    }
    for (int d = rank - 1; d >= parsed.kept(); d--) {
      result = result.squeeze(d);
    }
    return wide ? result.to(dtype) : result;
  }

  private static void checkSizes(EinsumEquation parsed, Tensor[] operands, List<Tensor> aligned) {
    int rank = aligned.get(0).dim();
    for (int d = 0; d < rank; d++) {
      long size = 1;
      for (int i = 0; i < operands.length; i++) {
        long own = aligned.get(i).size(d);
        if (size != 1 && own != 1 && own != size) {
          int label = parsed.order().get(d);
          throw label >= EinsumEquation.ELLIPSIS
              ? doNotBroadcast(operands, aligned)
              : new ShapeException(
                  "einsum(): subscript %c has size %d for operand %d which does not broadcast with"
                          .formatted(label, own, i)
                      + " previously seen size "
                      + size);
        }
        size = own == 1 ? size : own;
      }
    }
  }

  private static ShapeException doNotBroadcast(Tensor[] operands, List<Tensor> aligned) {
    StringBuilder text =
        new StringBuilder(
            "einsum(): operands do not broadcast with remapped shapes [original->remapped]:");
    for (int i = 0; i < operands.length; i++) {
      text.append(' ').append(operands[i].shape()).append("->").append(aligned.get(i).shape());
    }
    return new ShapeException(text.toString());
  }

  /** For each dimension the last operand that has it; 0 where none does. */
  private static int[] last(List<Tensor> aligned, int rank) {
    int[] last = new int[rank];
    for (int i = 0; i < aligned.size(); i++) {
      for (int d = 0; d < rank; d++) {
        if (aligned.get(i).size(d) != 1) {
          last[d] = i;
        }
      }
    }
    return last;
  }

  /** The dimensions that are summed once an operand has been taken. */
  private static boolean[] due(int[] last, int kept, int operand) {
    boolean[] due = new boolean[last.length];
    for (int d = kept; d < due.length; d++) {
      due[d] = last[d] == operand;
    }
    return due;
  }

  private static Tensor sum(Tensor tensor, boolean[] dims) {
    int[] summed = where(dims);
    return summed.length == 0 ? tensor : Reductions.sum(tensor, summed, true, tensor.dtype());
  }

  private static int[] where(boolean[] flags) {
    int[] indices = new int[flags.length];
    int count = 0;
    for (int i = 0; i < flags.length; i++) {
      if (flags[i]) {
        indices[count++] = i;
      }
    }
    return Arrays.copyOf(indices, count);
  }

  /** The product of two operands, summed over some dimensions, which stay with size 1. */
  private static Tensor pair(Tensor left, Tensor right, boolean[] due) {
    int rank = due.length;
    boolean[] onlyLeft = new boolean[rank];
    boolean[] onlyRight = new boolean[rank];
    boolean[] shared = new boolean[rank];
    boolean contracts = false;
    boolean[] first = new boolean[rank];
    boolean[] second = new boolean[rank];
    boolean[] inner = new boolean[rank];
    for (int d = 0; d < rank; d++) {
      boolean inLeft = left.size(d) != 1;
      boolean inRight = right.size(d) != 1;
      onlyLeft[d] = due[d] && inLeft && !inRight;
      onlyRight[d] = due[d] && inRight && !inLeft;
      inner[d] = due[d] && inLeft && inRight;
      contracts |= inner[d];
      shared[d] = !due[d] && inLeft == inRight;
      first[d] = !due[d] && inLeft && !inRight;
      second[d] = !due[d] && inRight && !inLeft;
    }
    Tensor a = sum(left, onlyLeft);
    Tensor b = sum(right, onlyRight);
    if (!contracts) {
      return a.mul(b);
    }
    int[][] kinds = {where(shared), where(first), where(inner), where(second), rest(due, inner)};
    return contract(a, b, joined(kinds), Arrays.stream(kinds).mapToInt(k -> k.length).toArray());
  }

  /** What is due to be summed and has size 1 in both. */
  private static int[] rest(boolean[] due, boolean[] inner) {
    boolean[] rest = due.clone();
    for (int d = 0; d < rest.length; d++) {
      rest[d] &= !inner[d];
    }
    return where(rest);
  }

  private static int[] joined(int[][] parts) {
    return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
  }

  /**
   * Contracts by one batched product of matrices.
   *
   * @param order the dimensions: shared, of the left one alone, contracted, of the right one alone,
   *     and what has size 1
   * @param counts how many there are of each kind
   */
  private static Tensor contract(Tensor left, Tensor right, int[] order, int[] counts) {
    Tensor a = left.permute(order);
    Tensor b = right.permute(order);
    int rows = counts[0];
    int inner = rows + counts[1];
    int columns = inner + counts[2];
    int end = columns + counts[3];
    long[] sizes = new long[order.length];
    Arrays.fill(sizes, 1);
    for (int i = 0; i < end; i++) {
      if (i < inner) {
        sizes[i] = a.size(i);
      } else if (i >= columns) {
        sizes[i] = b.size(i);
      }
    }
    long batch = product(a, 0, rows);
    long middle = product(a, inner, columns);
    Tensor product =
        Products.bmm(
            a.reshape(batch, product(a, rows, inner), middle),
            b.reshape(batch, middle, product(b, columns, end)));
    int[] back = new int[order.length];
    for (int i = 0; i < back.length; i++) {
      back[order[i]] = i;
    }
    return product.view(sizes).permute(back);
  }

  private static long product(Tensor tensor, int from, int to) {
    long product = 1;
    for (int d = from; d < to; d++) {
      product *= tensor.size(d);
    }
    return product;
  }
}
