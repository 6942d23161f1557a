package fluxion.backend.cpu.convolution;

import fluxion.backend.cpu.gemm.Arithmetic;
import fluxion.backend.cpu.workers.Workers;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A convolution of 3×3 kernels by Winograd's minimal filtering F(2×2, 3×3): four outputs of a
 * channel take 16 multiplications instead of 36.
 *
 * <p>After Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016. Outputs
 * are tiles of 2×2, which see 4×4 elements {@code d} of each channel. With {@code B}, {@code G} and
 * {@code A} as there a tile is {@code Aᵀ [Σ (G g Gᵀ) ⊙ (Bᵀ d B)] A}, and the sums over channels of
 * one of the sixteen elements are, for many tiles and produced channels, a product of matrices.
 *
 * <h2>The bits</h2>
 *
 * <p>{@link Transforms} says how elements are transformed: rows of an image's tile before columns,
 * columns of a kernel and of a product before rows. The sums are chains of fused multiply-adds from
 * 0 over ascending channels. The bias is added last.
 *
 * <h2>The error</h2>
 *
 * <p>An output depends on its own window alone, bit by bit: what the other outputs of the tile see
 * besides is in none of its summands. With unit roundoff {@code u = 2⁻²⁴} and {@code C} channels
 * the error, before the bias is added, is at most about {@code 4 (C + 10) u Σ |d|₁ |g|₁}, where the
 * sum is over channels and {@code |d|₁} and {@code |g|₁} are the sums of the magnitudes of the
 * window and of the kernel. The factor 4 bounds {@code |Aᵀ| (|G| |g| |Gᵀ| ⊙ |Bᵀ| |d| |B|) |A|}; 10
 * are the additions of the transforms one after another. For normally distributed numbers the root
 * mean square of the error is about 0.6 of that of the direct sum, whose chains are nine times as
 * long. F(4×4, 3×3) would take 2.25 multiplications an output instead of 4. But its transforms have
 * factors of up to 8, for which its error was measured to be 6.5 times as large, four times that of
 * the direct sum, and its outputs depend on elements that they do not see.
 *
 * <h2>The memory</h2>
 *
 * <p>A thread keeps up to 4 MB of transformed tiles and 1 MB of products; the calling one besides
 * up to 5 MB of kernels. Where there are more kernels, the calling thread has up to 8 MB of tiles
 * and transforms kernels in parts of about 1 MB, for each block of tiles anew.
 *
 * <h2>What is not finite</h2>
 *
 * <p>Of infinities the transforms make NaN, and they overflow a little before the direct sum does.
 * What is not finite stays so to the end; images of which an output is not are named, to be
 * computed otherwise.
 */
final class WinogradProduct {
  /** How many elements the transformed tiles of a block have at most, about. */
  private static final int ELEMENTS = 1 << 18;

  /** The same where kernels are transformed for each block; 8 MB. */
  private static final int MANY_ELEMENTS = 1 << 21;

  /** How many tiles a block has at least and at most. */
  private static final int FEWEST = 64;

  private static final int MOST = 256;

  /** How many elements of products are made before they are transformed, about. */
  private static final int PRODUCTS = 1 << 17;

  /** How many channels are transformed at a time. */
  private static final int CHANNELS = 16;

  /** Arrays begin before a line of a cache, as {@code gemm} says. */
  private static final int ALIGNMENT = 12;

  /** What keeps equal places of the sixteen elements in different sets of a cache. */
  private static final int APART = 16;

  private static final int COUNT = Transforms.ELEMENTS;

  /**
   * The planes of images.
   *
   * @param height the rows of what is read
   * @param width its columns
   * @param top how many rows of zeros come before it
   * @param left how many columns of zeros
   * @param outputHeight the rows of what is computed
   * @param outputWidth its columns
   */
  record Planes(int height, int width, int top, int left, int outputHeight, int outputWidth) {}

  /** What is written. */
  static final class Results {
    private final int channels;
    private final float[] array;
    private final int start;
    private final int image;
    private final @Nullable Bias bias;
    private final boolean[] failed;

    /**
     * Says where it is.
     *
     * @param channels how many channels
     * @param array the array
     * @param start where the first image's first channel begins
     * @param image the step from image to image
     * @param bias what is added to each channel, or null
     * @param failed is set for each image of which an output is not finite
     */
    Results(
        int channels, float[] array, int start, int image, @Nullable Bias bias, boolean[] failed) {
      this.channels = channels;
      this.array = array;
      this.start = start;
      this.image = image;
      this.bias = bias;
      this.failed = failed;
    }

    private float summand(int channel) {
      // adding −0 changes nothing
      return bias == null ? -0.0f : ((float[]) bias.array())[bias.offset() + channel * bias.step()];
    }
  }

  private final Planes planes;
  private final Images images;
  private final int depth;
  private final Results results;
  private final boolean vectors;
  private final Transforms transforms;
  private final Arithmetic.Tile tile;
  private final WinogradKernels kernels;
  private final int high;
  private final int wide;

  /** How many tiles there are, and how many of them are a block. */
  private final int tiles;

  private final int block;

  /**
   * Describes the convolution of one group.
   *
   * @param problem whose tile computes
   * @param transforms the transforms
   * @param planes the planes
   * @param images what is read, from the group's first channel on
   * @param depth how many channels are summed
   * @param taps the kernels
   * @param results what is written
   */
  WinogradProduct(
      Problem problem,
      Transforms transforms,
      Planes planes,
      Images images,
      int depth,
      Taps taps,
      Results results) {
    this.planes = planes;
    this.images = images;
    this.depth = depth;
    this.results = results;
    this.vectors = problem.vectors();
    this.transforms = transforms;
    this.tile = problem.tile();
    this.kernels = new WinogradKernels(tile, transforms, taps, depth, results.channels);
    this.high = Math.ceilDiv(planes.outputHeight, 2);
    this.wide = Math.ceilDiv(planes.outputWidth, 2);
    this.tiles = Math.multiplyExact(images.count(), high * wide);
    this.block = block();
  }

  /** How many tiles are a block: whole panels and, if that comes to few, whole rows. */
  private int block() {
    int width = tile.columns();
    int most =
        whole()
            ? Math.clamp(ELEMENTS / (COUNT * depth), FEWEST, MOST)
            : Math.clamp(MANY_ELEMENTS / (COUNT * depth), FEWEST, 4 * MOST);
    int rows = width / gcd(width, wide) * wide;
    int unit = rows <= most ? rows : width;
    return Math.max(1, most / unit) * unit;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** Computes all outputs. */
  void run() {
    int blocks = Math.ceilDiv(tiles, block);
    if (whole()) {
      kernels.transform(0, results.channels);
      Problem.run(
          blocks,
          number -> {
            Block some = new Block(number);
            some.transform();
            some.multiply(0, results.channels);
          });
      return;
    }
    for (int number = 0; number < blocks; number++) {
      Block some = new Block(number);
      some.transform();
      for (int first = 0; first < results.channels; first += kernels.rows) {
        int count = Math.min(kernels.rows, results.channels - first);
        kernels.transform(first, count);
        some.multiply(first, count);
      }
    }
  }

  /** Whether all kernels are transformed at once, and not part by part for each block. */
  private boolean whole() {
    return kernels.rows >= results.channels;
  }

  /** Some tiles. */
  private final class Block {
    private final int count;
    private final List<TileRectangle> rectangles;

    /** How many elements of a channel its tiles hold. */
    private final int elements;

    /** How many tiles there is room for, and the steps from element to element. */
    private final int room;

    private final int panel;
    private final int step;
    private final float[] panels;

    Block(int number) {
      int first = number * block;
      this.count = Math.min(block, tiles - first);
      this.rectangles = TileRectangle.of(first, count, high, wide);
      this.elements = rectangles.stream().mapToInt(TileRectangle::elements).sum();
      int width = tile.columns();
      this.room = Math.ceilDiv(count, width) * width;
      this.panel = width * depth;
      this.step = room * depth + APART;
      this.panels = Scratch.floats(Scratch.Use.STAGED, COUNT * step + ALIGNMENT);
    }

    /** Transforms the tiles to panels. */
    void transform() {
      Workers.run(
          Math.ceilDiv(depth, CHANNELS),
          chunk -> transform(chunk * CHANNELS, Math.min(depth, chunk * CHANNELS + CHANNELS)));
    }

    /** Computes the outputs of all kernels that are transformed. */
    void multiply(int first, int rows) {
      int height = tile.rows();
      int some = Math.max(1, PRODUCTS / (COUNT * room * height)) * height;
      Workers.run(
          Math.ceilDiv(rows, some),
          chunk -> multiply(first, chunk * some, Math.min(rows, chunk * some + some)));
    }

    private void transform(int from, int to) {
      float[] image = Scratch.floats(Scratch.Use.PLANE, elements + 3 * Transforms.MARGIN);
      Arrays.fill(image, 0, elements, 0);
      int plane = count + Transforms.MARGIN;
      float[] rows = Scratch.floats(Scratch.Use.ROWS, COUNT * plane);
      for (int channel = from; channel < to; channel++) {
        int at = 0;
        for (TileRectangle some : rectangles) {
          if (!isDirect(some, channel)) {
            copy(some, channel, image, at);
          }
          at += some.elements();
        }
        at = 0;
        for (TileRectangle some : rectangles) {
          boolean direct = isDirect(some, channel);
          transforms.rows(
              direct ? (float[]) images.array() : image,
              direct ? place(some, channel) : at,
              direct ? images.row() : some.stride(),
              some.rows(),
              some.columns(),
              rows,
              some.at(),
              plane);
          at += some.elements();
        }
        int width = tile.columns();
        transforms.columns(
            rows, plane, count, panels, ALIGNMENT + channel * width, step, width, panel);
      }
    }

    /** Copies what tiles hold of a channel; what is outside stays as it is. */
    private void copy(TileRectangle some, int channel, float[] image, int at) {
      int stride = some.stride();
      int top = 2 * some.row() - planes.top;
      int left = 2 * some.column() - planes.left;
      int from = Math.max(0, -left);
      int run = Math.min(stride, planes.width - left) - from;
      int source =
          images.offset()
              + some.image() * images.image()
              + channel * images.channel()
              + (left + from) * images.column();
      int end = Math.min(2 * some.rows() + 2, planes.height - top);
      for (int row = Math.max(0, -top); row < end && run > 0; row++) {
        FloatLoops.INSTANCE.copy(
            images.array(),
            source + (top + row) * images.row(),
            images.column(),
            image,
            at + row * stride + from,
            run);
      }
    }

    /** Where the first element is that tiles see of a channel. */
    private int place(TileRectangle some, int channel) {
      return images.offset()
          + some.image() * images.image()
          + channel * images.channel()
          + (2 * some.row() - planes.top) * images.row()
          + (2 * some.column() - planes.left) * images.column();
    }

    /**
     * Whether tiles are read where they lie: if what their outputs see is in the image, and what
     * they hold besides, and what vectors read behind it, in the array.
     */
    private boolean isDirect(TileRectangle some, int channel) {
      int top = 2 * some.row() - planes.top;
      int left = 2 * some.column() - planes.left;
      int bottom = Math.min(2 * some.rows(), planes.outputHeight - 2 * some.row()) + 2 + top;
      int right = Math.min(2 * some.columns(), planes.outputWidth - 2 * some.column()) + 2 + left;
      int last = (2 * some.rows() + 1) * images.row() + 2 * some.columns();
      return images.column() == 1
          && top >= 0
          && left >= 0
          && bottom <= planes.height
          && right <= planes.width
          && images.row() >= 0
          && place(some, channel) + (long) last + 2 * Transforms.MARGIN
              <= ((float[]) images.array()).length;
    }

    /** Computes the outputs of some produced channels, counted from the first of the kernels. */
    private void multiply(int first, int from, int to) {
      int across = tile.columns();
      // vectors compute whole tiles at once, loops only what there is
      int end = vectors ? room : count;
      int plane = (to - from) * room + APART;
      float[] products =
          Scratch.floats(Scratch.Use.PRODUCT, COUNT * plane + ALIGNMENT + Transforms.MARGIN);
      for (int t = 0; t < COUNT; t++) {
        for (int column = 0; column < count; column += across) {
          for (int b = 0; b < kernels.blocks; b++) {
            int line = b * kernels.lines;
            int lines = Math.min(kernels.lines, depth - line);
            int right = ALIGNMENT + t * step + column / across * panel + line * across;
            for (int row = from; row < to; row += tile.rows()) {
              tile.run(
                  kernels.panels(),
                  kernels.at(t, b) + tile.left(row),
                  panels,
                  right,
                  lines,
                  products,
                  ALIGNMENT + t * plane + (row - from) * room + column,
                  room,
                  Math.min(tile.rows(), to - row),
                  Math.min(across, end - column),
                  b == 0);
            }
          }
        }
      }
      int width = 2 * (room + Transforms.MARGIN);
      float[] outputs = Scratch.floats(Scratch.Use.PLANE, 2 * width);
      for (int row = from; row < to; row++) {
        int channel = first + row;
        int start = ALIGNMENT + (row - from) * room;
        boolean finite =
            transforms.outputs(
                products, start, plane, count, results.summand(channel), outputs, 0, width);
        for (TileRectangle some : rectangles) {
          write(some, channel, outputs, width, finite);
        }
      }
    }

    private void write(
        TileRectangle some, int channel, float[] outputs, int width, boolean finite) {
      int run = Math.min(2 * some.columns(), planes.outputWidth - 2 * some.column());
      int at =
          results.start
              + some.image() * results.image
              + (channel * planes.outputHeight + 2 * some.row()) * planes.outputWidth
              + 2 * some.column();
      int rows = Math.min(2 * some.rows(), planes.outputHeight - 2 * some.row());
      for (int row = 0; row < rows; row++) {
        int from = (row & 1) * width + 2 * (some.at() + row / 2 * some.columns());
        System.arraycopy(outputs, from, results.array, at, run);
        if (!finite) {
          for (int x = at; x < at + run; x++) {
            if (!Float.isFinite(results.array[x])) {
              results.failed[some.image()] = true;
            }
          }
        }
        at += planes.outputWidth;
      }
    }
  }
}
