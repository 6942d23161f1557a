package fluxion.engine.factory;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Shape;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of a nested Java array, flattened in row-major order.
 *
 * @param flat a primitive array
 * @param shape the shape of the nesting
 */
record NestedArray(Object flat, Shape shape) {

  /** Flattens a number, a primitive array, or an array of arrays. */
  static NestedArray of(@Nullable Object values) {
    if (values == null) {
      throw new ArgumentException("a tensor cannot be made from null");
    }
    if (!values.getClass().isArray()) {
      Object one = Array.newInstance(primitive(values), 1);
      Array.set(one, 0, values);
      return new NestedArray(one, Shape.SCALAR);
    }
    if (values instanceof float[] floats) {
      return new NestedArray(floats, Shape.of(floats.length)); // the commonest: nothing to copy
    }
    List<Long> sizes = new ArrayList<>();
    Class<?> type = values.getClass();
    Object first = values;
    while (type.isArray()) {
      int length = first == null ? 0 : Array.getLength(first);
      sizes.add((long) length);
      type = type.getComponentType();
      first = type.isArray() && length > 0 ? Array.get(first, 0) : null;
    }
    checkPrimitive(type, values);
    Shape shape = Shape.of(sizes.stream().mapToLong(size -> size).toArray());
    Object flat = Array.newInstance(type, Math.toIntExact(shape.numel()));
    copy(values, shape, 0, flat, 0);
    return new NestedArray(flat, shape);
  }

  private static int copy(Object values, Shape shape, int dim, Object flat, int at) {
    int length = values == null ? 0 : Array.getLength(values);
    if (length != shape.size(dim)) {
      throw new ArgumentException(
          "expected sequence of length "
              + shape.size(dim)
              + " at dim "
              + dim
              + " (got "
              + length
              + ")");
    }
    if (dim == shape.dim() - 1) {
      if (length > 0) {
        System.arraycopy(values, 0, flat, at, length);
      }
      return at + length;
    }
    int next = at;
    for (int i = 0; i < length; i++) {
      next = copy(Array.get(values, i), shape, dim + 1, flat, next);
    }
    return next;
  }

  private static Class<?> primitive(Object value) {
    // Comparisons of classes, no switch over types: the first of those takes the JVM milliseconds.
    Class<?> type = value.getClass();
    if (type == Float.class) {
      return float.class;
    }
    if (type == Double.class) {
      return double.class;
    }
    if (type == Boolean.class) {
      return boolean.class;
    }
    if (type == Long.class || type == Integer.class || type == Short.class || type == Byte.class) {
      return long.class; // a lone integer is a Java literal, whose width says nothing
    }
    throw unfit(value);
  }

  private static void checkPrimitive(Class<?> type, Object values) {
    if (!type.isPrimitive() || type == char.class) {
      throw unfit(values);
    }
  }

  private static ArgumentException unfit(Object values) {
    return new ArgumentException(
        "a tensor cannot be made from "
            + values.getClass().getTypeName()
            + "; expected a number, a primitive array of numbers or booleans, or an array of such"
            + " arrays");
  }

  /** The dtype that a flat primitive array has by itself. */
  static DType dtype(Object flat) {
    Class<?> type = flat.getClass();
    if (type == float[].class) {
      return DType.FLOAT32;
    }
    if (type == double[].class) {
      return DType.FLOAT64;
    }
    if (type == long[].class) {
      return DType.INT64;
    }
    if (type == int[].class) {
      return DType.INT32;
    }
    if (type == short[].class) {
      return DType.INT16;
    }
    if (type == byte[].class) {
      return DType.INT8;
    }
    if (type == boolean[].class) {
      return DType.BOOL;
    }
    throw unfit(flat);
  }

  static int length(Object flat) {
    return Array.getLength(flat);
  }

  /** The array of the kind that backends take: booleans as bytes. */
  static Object uploadable(Object flat) {
    if (flat instanceof boolean[] truths) {
      byte[] bytes = new byte[truths.length];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = truths[i] ? (byte) 1 : 0;
      }
      return bytes;
    }
    return flat;
  }
}
