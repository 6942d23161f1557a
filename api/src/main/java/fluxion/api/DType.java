package fluxion.api;

import java.util.Locale;

/**
 * The element type of a tensor.
 *
 * <p>The names are PyTorch's. {@link #FLOAT32} is the default for factories, {@link #INT64} the
 * default for integers.
 */
public enum DType {
  /** Truth values, one byte each, 0 or 1. */
  BOOL(1, Category.BOOL, "Bool"),
  /** Unsigned 8-bit integers. */
  UINT8(1, Category.INTEGRAL, "Byte"),
  /** Signed 8-bit integers. */
  INT8(1, Category.INTEGRAL, "Char"),
  /** Signed 16-bit integers. */
  INT16(2, Category.INTEGRAL, "Short"),
  /** Signed 32-bit integers. */
  INT32(4, Category.INTEGRAL, "Int"),
  /** Signed 64-bit integers. */
  INT64(8, Category.INTEGRAL, "Long"),
  /** IEEE 754 binary16; computed in float32. */
  FLOAT16(2, Category.FLOATING, "Half"),
  /** The upper half of a float32; computed in float32. */
  BFLOAT16(2, Category.FLOATING, "BFloat16"),
  /** IEEE 754 binary32. */
  FLOAT32(4, Category.FLOATING, "Float"),
  /** IEEE 754 binary64. */
  FLOAT64(8, Category.FLOATING, "Double");

  /** The kinds of number, in the order in which type promotion widens them. */
  public enum Category {
    /** Truth values. */
    BOOL,
    /** Signed and unsigned integers. */
    INTEGRAL,
    /** Floating-point numbers. */
    FLOATING
  }

  private final int bytes;
  private final Category category;
  private final String typeName;

  DType(int bytes, Category category, String typeName) {
    this.bytes = bytes;
    this.category = category;
    this.typeName = typeName;
  }

  /** {@return the size of one element in bytes} */
  public int bytes() {
    return bytes;
  }

  /** {@return the kind of number that this is} */
  public Category category() {
    return category;
  }

  /** {@return whether the elements are floating-point numbers} */
  public boolean isFloatingPoint() {
    return category == Category.FLOATING;
  }

  /** {@return whether the elements are integers; {@link #BOOL} is not} */
  public boolean isIntegral() {
    return category == Category.INTEGRAL;
  }

  /**
   * {@return PyTorch's name of the scalar type, as its messages spell it: {@code Float, Long, …}}
   */
  public String typeName() {
    return typeName;
  }

  /** {@return the name in lower case: {@code float32}} */
  public String shortName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return the dtype in which elements of this one are computed: float32 for the 16-bit floats,
   * else itself}
   */
  public DType computeType() {
    return this == FLOAT16 || this == BFLOAT16 ? FLOAT32 : this;
  }

  /**
   * {@return the dtype with the given name, such as {@code float32} or {@code torch.float32}}
   *
   * @param name the name; PyTorch's aliases {@code float double half int long short} are known
   * @throws DTypeException if there is no such dtype
   */
  public static DType of(String name) {
    String bare = name.startsWith("torch.") ? name.substring(6) : name;
    DType alias =
        switch (bare) {
          case "float" -> FLOAT32;
          case "double" -> FLOAT64;
          case "half" -> FLOAT16;
          case "long" -> INT64;
          case "int" -> INT32;
          case "short" -> INT16;
          default -> null;
        };
    if (alias != null) {
      return alias;
    }
    for (DType dtype : values()) {
      if (dtype.shortName().equals(bare)) {
        return dtype;
      }
    }
    throw new DTypeException(
        "there is no dtype '" + name + "'; the dtypes are " + java.util.Arrays.toString(values()));
  }

  /**
   * {@return the dtype that holds the values of both, by PyTorch's table}
   *
   * <p>The category is the wider of the two; within integers the wider, where {@code uint8} with a
   * signed type takes the next signed one that holds both; {@code float16} with {@code bfloat16}
   * gives float32.
   *
   * @param a a dtype
   * @param b another
   */
  public static DType promote(DType a, DType b) {
    if (a == b) {
      return a;
    }
    if (a.category != b.category) {
      return a.category.compareTo(b.category) > 0 ? a : b;
    }
    if (a.category == Category.INTEGRAL) {
      if ((a == UINT8 && b == INT8) || (a == INT8 && b == UINT8)) {
        return INT16;
      }
      return a.bytes >= b.bytes ? a : b;
    }
    if (a.bytes == 2 && b.bytes == 2) {
      return FLOAT32;
    }
    return a.bytes >= b.bytes ? a : b;
  }

  /** {@return PyTorch's spelling: {@code torch.float32}} */
  @Override
  public String toString() {
    return "torch." + shortName();
  }
}
