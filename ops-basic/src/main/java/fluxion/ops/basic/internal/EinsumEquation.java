package fluxion.ops.basic.internal;

import fluxion.api.ArgumentException;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An equation of {@code einsum} for given operands: in which order the dimensions of all operands
 * are taken. First come those of the result, then those that are summed.
 *
 * @param operands for each operand the label of each dimension; numbers from {@link #ELLIPSIS} on
 *     stand for the dimensions of an ellipsis
 * @param order the labels of all dimensions
 * @param kept how many of them the result has
 */
record EinsumEquation(List<List<Integer>> operands, List<Integer> order, int kept) {
  /** The label of an ellipsis's first dimension, beyond all letters. */
  static final int ELLIPSIS = 1 << 16;

  private static final int DOTS = -1;

  static EinsumEquation parse(String equation, Tensor[] tensors) {
    if (tensors.length == 0) {
      throw new ArgumentException("einsum(): must provide at least one operand");
    }
    int arrow = equation.indexOf("->");
    String left = arrow < 0 ? equation : equation.substring(0, arrow);
    String[] parts = left.split(",", -1);
    if (parts.length != tensors.length) {
      throw new ArgumentException(
          "einsum(): "
              + (parts.length < tensors.length ? "more" : "fewer")
              + " operands were provided than specified in the equation");
    }
    List<List<Integer>> operands = new ArrayList<>();
    int widest = 0;
    for (int i = 0; i < parts.length; i++) {
      List<Integer> labels = labels(parts[i], "operand " + i);
      widest = Math.max(widest, checkRank(labels, tensors[i], i));
      operands.add(labels);
    }
    for (int i = 0; i < parts.length; i++) {
      expand(operands.get(i), tensors[i].dim(), widest);
    }
    List<Integer> order =
        arrow < 0
            ? implicit(operands, widest)
            : explicit(equation.substring(arrow + 2), operands, widest);
    int kept = order.size();
    operands.stream()
        .flatMap(List::stream)
        .distinct()
        .sorted()
        .filter(label -> !order.contains(label))
        .toList()
        .forEach(order::add);
    return new EinsumEquation(operands, order, kept);
  }

  private static List<Integer> labels(String part, String where) {
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c == '.') {
        if (labels.contains(DOTS)) {
          throw new ArgumentException(
              "einsum(): found '.' for " + where + " for which an ellipsis was already found");
        }
        if (!part.startsWith("...", i)) {
          throw new ArgumentException(
              "einsum(): found '.' for " + where + " that is not part of any ellipsis");
        }
        labels.add(DOTS);
        i += 2;
      } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
        labels.add((int) c);
      } else if (c != ' ') {
        throw new ArgumentException(
            "einsum(): invalid subscript given at index "
                + i
                + " in the equation string, subscripts must be in [a-zA-Z]");
      }
    }
    return labels;
  }

  /** How many dimensions the operand's ellipsis stands for. */
  private static int checkRank(List<Integer> labels, Tensor tensor, int operand) {
    boolean dots = labels.contains(DOTS);
    int named = labels.size() - (dots ? 1 : 0);
    if (dots ? named > tensor.dim() : named != tensor.dim()) {
      throw new ShapeException(
          "einsum(): the number of subscripts in the equation ("
              + named
              + (dots ? ") is more than" : ") does not match")
              + " the number of dimensions ("
              + tensor.dim()
              + ") for operand "
              + operand
              + (dots ? "" : " and no ellipsis was given"));
    }
    return dots ? tensor.dim() - named : 0;
  }

  /** Puts labels in the place of an ellipsis; they are aligned at the end. */
  private static void expand(List<Integer> labels, int rank, int widest) {
    int at = labels.indexOf(DOTS);
    if (at >= 0) {
      labels.remove(/* index */ at);
      int count = rank - labels.size();
      for (int i = 0; i < count; i++) {
        labels.add(at + i, ELLIPSIS + widest - count + i);
      }
    }
  }

  private static List<Integer> ellipsis(int widest) {
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < widest; i++) {
      labels.add(ELLIPSIS + i);
    }
    return labels;
  }

  /** The ellipsis, and in alphabetical order what occurs once. */
  private static List<Integer> implicit(List<List<Integer>> operands, int widest) {
    List<Integer> order = ellipsis(widest);
    int[] counts = new int['z' + 1];
    operands.stream()
        .flatMap(List::stream)
        .filter(label -> label < ELLIPSIS)
        .forEach(label -> counts[label]++);
    for (int label = 0; label < counts.length; label++) {
      if (counts[label] == 1) {
        order.add(label);
      }
    }
    return order;
  }

  private static List<Integer> explicit(String output, List<List<Integer>> operands, int widest) {
    List<Integer> order = new ArrayList<>();
    for (int label : labels(output, "the output")) {
      if (label == DOTS) {
        order.addAll(ellipsis(widest));
      } else if (order.contains(label)) {
        throw new ArgumentException(
            "einsum(): output subscript " + (char) label + " appears more than once in the output");
      } else if (operands.stream().noneMatch(labels -> labels.contains(label))) {
        throw new ArgumentException(
            "einsum(): output subscript "
                + (char) label
                + " does not appear in the equation for any input operand");
      } else {
        order.add(label);
      }
    }
    return order;
  }

  /** An operand with all dimensions, in order; those that it lacks have size 1. */
  Tensor aligned(Tensor tensor, int operand) {
    List<Integer> labels = new ArrayList<>(operands.get(operand));
    Tensor result = tensor;
    int d = 0;
    while (d < labels.size()) {
      int first = labels.indexOf(labels.get(d));
      if (first == d) {
        d++;
      } else {
        if (result.size(first) != result.size(d)) {
          throw new ShapeException(
              "einsum(): subscript "
                  + (char) labels.get(d).intValue()
                  + " is repeated for operand "
                  + operand
                  + " but the sizes don't match, "
                  + result.size(d)
                  + " != "
                  + result.size(first));
        }
        result = Diagonals.diagonal(result, 0, first, d);
        if (first < result.dim() - 1) {
          result = result.movedim(-1, first);
        }
        labels.remove(/* index */ d);
      }
    }
    int[] permutation = new int[order.size()];
    int missing = labels.size();
    for (int i = 0; i < permutation.length; i++) {
      int at = labels.indexOf(order.get(i));
      permutation[i] = at >= 0 ? at : missing++;
    }
    for (int added = labels.size(); added < missing; added++) {
      result = result.unsqueeze(-1);
    }
    int[] identity = new int[permutation.length];
    Arrays.setAll(identity, i -> i);
    return Arrays.equals(permutation, identity) ? result : result.permute(permutation);
  }
}
