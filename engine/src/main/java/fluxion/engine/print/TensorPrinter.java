package fluxion.engine.print;

import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * Writes tensors as PyTorch 1.13 does.
 *
 * <p>A tensor with more elements than {@link PrintOptions#threshold} is summarised: of each
 * dimension only the first and last items are shown, and only these are read.
 */
public final class TensorPrinter {
  private static final String PREFIX = "tensor(";

  private final Values values;
  private final PrintOptions options;
  private final long[] sizes;
  private final long[] strides;
  private final boolean summarise;

  private TensorPrinter(Values values, PrintOptions options) {
    this.values = values;
    this.options = options;
    Shape shape = values.shape();
    this.sizes = shape.toArray();
    this.strides = shape.contiguousStrides();
    this.summarise = shape.numel() > options.threshold();
  }

  /**
   * {@return the text of a tensor under the default options}
   *
   * @param values its elements
   * @param details what else is printed
   */
  public static String print(Values values, PrintDetails details) {
    return print(values, details, PrintOptions.DEFAULT);
  }

  /**
   * {@return the text of a tensor}
   *
   * @param values its elements
   * @param details what else is printed
   * @param options the layout
   */
  public static String print(Values values, PrintDetails details, PrintOptions options) {
    String elements =
        values.shape().numel() == 0 ? "[]" : new TensorPrinter(values, options).elements();
    return withSuffixes(PREFIX.concat(elements), suffixes(values, details), options.lineWidth());
  }

  private static List<String> suffixes(Values values, PrintDetails details) {
    List<String> suffixes = new ArrayList<>();
    Device device = details.device();
    if (!device.equals(Device.CPU)) {
      // Not Device.toString, which leaves out the index 0; PyTorch prints it.
      suffixes.add("device='" + device.type() + ":" + device.index() + "'");
    }
    DType dtype = values.dtype();
    Shape shape = values.shape();
    boolean usual = dtype == DType.FLOAT32;
    if (shape.numel() == 0) {
      if (shape.dim() != 1) {
        StringJoiner size = new StringJoiner(", ", "size=(", ")");
        for (long n : shape.toArray()) {
          size.add(Long.toString(n));
        }
        suffixes.add(size.toString());
      }
    } else {
      // With elements in sight these two are known by their looks.
      usual |= dtype == DType.INT64 || dtype == DType.BOOL;
    }
    if (!usual) {
      suffixes.add("dtype=" + dtype);
    }
    if (details.gradFn() != null) {
      suffixes.add("grad_fn=<" + details.gradFn() + ">");
    } else if (details.requiresGrad()) {
      suffixes.add("requires_grad=True");
    }
    return suffixes;
  }

  private static String withSuffixes(String text, List<String> suffixes, int lineWidth) {
    StringBuilder out = new StringBuilder(text);
    // Two more than the last line has: PyTorch counts so.
    int used = text.length() - text.lastIndexOf('\n') + 1;
    for (String suffix : suffixes) {
      if (used + suffix.length() + 2 > lineWidth) {
        out.append(",\n").repeat(' ', PREFIX.length());
        used = PREFIX.length() + suffix.length();
      } else {
        out.append(", ");
        used += suffix.length() + 2;
      }
      out.append(suffix);
    }
    return out.append(')').toString();
  }

  private String elements() {
    List<Long> shown = new ArrayList<>();
    visit(0, 0, shown);
    ElementFormat format = new ElementFormat(values, shown, options);
    if (sizes.length == 0) {
      return format.format(0);
    }
    StringBuilder out = new StringBuilder();
    write(out, format, 0, 0, PREFIX.length());
    return out.toString();
  }

  /** Lists the indices of the elements that are shown, below an item of the given dimension. */
  private void visit(int dim, long index, List<Long> shown) {
    if (dim == sizes.length) {
      shown.add(index);
      return;
    }
    for (long i = 0; i < sizes[dim]; i = following(dim, i)) {
      visit(dim + 1, index + i * strides[dim], shown);
    }
  }

  /** {@return the item to be shown after another: the next but where the summary jumps} */
  private long following(int dim, long i) {
    return isAbridged(dim) && i == options.edgeItems() - 1
        ? sizes[dim] - options.edgeItems()
        : i + 1;
  }

  private boolean isAbridged(int dim) {
    return summarise && sizes[dim] > 2L * options.edgeItems();
  }

  private void write(StringBuilder out, ElementFormat format, int dim, long index, int indent) {
    if (dim == sizes.length - 1) {
      writeRow(out, format, index, indent);
      return;
    }
    String separator = "," + "\n".repeat(sizes.length - 1 - dim) + " ".repeat(indent + 1);
    out.append('[');
    for (long i = 0; i < sizes[dim]; ) {
      write(out, format, dim + 1, index + i * strides[dim], indent + 1);
      long next = following(dim, i);
      if (next > i + 1) {
        out.append(separator).append("...");
      }
      if (next < sizes[dim]) {
        out.append(separator);
      }
      i = next;
    }
    out.append(']');
  }

  private void writeRow(StringBuilder out, ElementFormat format, long index, int indent) {
    int dim = sizes.length - 1;
    List<String> items = new ArrayList<>();
    for (long i = 0; i < sizes[dim]; ) {
      items.add(format.format(index + i));
      long next = following(dim, i);
      if (next > i + 1) {
        items.add(" ...");
      }
      i = next;
    }
    // Each element comes with a comma and a space.
    int perLine = Math.max(1, (options.lineWidth() - indent) / (format.width() + 2));
    out.append('[');
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        out.append(i % perLine == 0 ? ",\n" + " ".repeat(indent + 1) : ", ");
      }
      out.append(items.get(i));
    }
    out.append(']');
  }
}
