package fluxion.backend.cpu.convolution;

/**
 * A copy of the part of some images that a block of windows needs, with the zeros around it. Along
 * each dimension the elements with the same remainder modulo the stride lie side by side, so that
 * the same element of neighbouring windows does so, too: element {@code k} of window {@code p} of a
 * channel is at {@code offsets()[k] + places()[p]}.
 */
final class Staging {
  /** What is free before and after the elements: more than a vector. */
  private static final int MARGIN = 64;

  /** How many windows are staged ahead at most, and how many elements at most, about. */
  private static final int AHEAD = 1024;

  private static final int AHEAD_ELEMENTS = 1 << 17;

  private final Geometry g;
  private final Loops loops;
  private final Images images;
  private final Scratch.Use use;

  /** What is staged: channels, then positions of all images. */
  private int channel = -1;

  private int channels;
  private int position;
  private int count;

  private int image;
  private int imageCount;

  /** The first window of the block along each dimension, and how many there are. */
  private final int[] first = new int[Geometry.DIMS];

  private final int[] windows = new int[Geometry.DIMS];

  /** How many elements of a phase are staged along each dimension. */
  private final int[] length = new int[Geometry.DIMS];

  private int plane;
  private int perChannel;
  private Object staged = new float[0];
  private int[] offsets = {};
  private int[] places = {};

  Staging(Geometry g, Loops loops, Images images) {
    this(g, loops, images, Scratch.Use.STAGED);
  }

  private Staging(Geometry g, Loops loops, Images images, Scratch.Use use) {
    this.g = g;
    this.loops = loops;
    this.images = images;
    this.use = use;
  }

  /** {@return a plane for all windows of one channel, to which what they hold is added} */
  static Staging plane(Geometry g, Loops loops, Images images) {
    Staging plane = new Staging(g, loops, images, Scratch.Use.PLANE);
    plane.channel = 0;
    plane.channels = 1;
    plane.imageCount = 1;
    System.arraycopy(g.output, 0, plane.windows, 0, Geometry.DIMS);
    plane.layOut();
    plane.findOffsets();
    return plane;
  }

  /** {@return the staged elements} */
  Object array() {
    return staged;
  }

  /** {@return where each element of the kernels lies for the first window, channel by channel} */
  int[] offsets() {
    return offsets;
  }

  /** {@return how far behind the first window each window lies} */
  int[] places() {
    return places;
  }

  /**
   * Stages what some windows hold of some channels.
   *
   * @param from the first channel
   * @param number how many channels
   * @param start the first window, counted through all images
   * @param windowCount how many windows
   */
  void stage(int from, int number, int start, int windowCount) {
    boolean samePlaces = start == position && windowCount == count;
    if (samePlaces && from == channel && number == channels) {
      return;
    }
    channel = from;
    channels = number;
    position = start;
    count = windowCount;
    image = start / g.positions;
    int last = start + windowCount - 1;
    imageCount = last / g.positions - image + 1;
    for (int d = 0; d < Geometry.DIMS; d++) {
      first[d] = 0;
      windows[d] = g.output[d];
    }
    if (imageCount == 1) {
      first[g.outer] = start % g.positions / g.inner;
      windows[g.outer] = last % g.positions / g.inner + 1 - first[g.outer];
    }
    layOut();
    if (!samePlaces) {
      findPlaces();
    }
    findOffsets();
    copy();
  }

  /**
   * Stages what some outer windows of an image hold of one channel. Nothing is known of {@link
   * #places}: rows of windows lie a {@link #rowStride} apart.
   *
   * @param number the image
   * @param from the channel
   * @param outer the first of the outer windows
   * @param outerCount how many of them
   */
  void stageRows(int number, int from, int outer, int outerCount) {
    channel = from;
    channels = 1;
    position = -1;
    count = 0;
    image = number;
    imageCount = 1;
    for (int d = 0; d < Geometry.DIMS; d++) {
      first[d] = 0;
      windows[d] = g.output[d];
    }
    first[g.outer] = outer;
    windows[g.outer] = outerCount;
    layOut();
    findOffsets();
    copy();
  }

  /**
   * Stages what some windows hold, and some of the windows after them, unless that is done.
   *
   * @return the first window that is staged
   */
  int stageAhead(int from, int number, int start, int windowCount) {
    if (from != channel
        || number != channels
        || start < position
        || start + windowCount > position + count) {
      int ahead = AHEAD;
      while (ahead > windowCount && (long) ahead * number > AHEAD_ELEMENTS) {
        ahead /= 2;
      }
      stage(from, number, start, end(start, windowCount, Math.max(ahead, windowCount)) - start);
    }
    return position;
  }

  /**
   * Where windows that are staged ahead end. Of images that share a block all is staged, so they
   * share one only where they must, and then to the end.
   */
  private int end(int start, int windowCount, int ahead) {
    int firstImage = start / g.positions;
    int lastImage = (start + windowCount - 1) / g.positions;
    int imagesEnd = (lastImage + 1) * g.positions;
    if (g.positions >= Problem.FEW_WINDOWS) {
      return firstImage == lastImage ? Math.min(start + ahead, imagesEnd) : imagesEnd;
    }
    return Math.min(start + ahead, images.count() * g.positions);
  }

  /** Makes a plane all zeros. */
  void clear() {
    loops.clear(staged, 0, perChannel + 2 * MARGIN);
  }

  private void layOut() {
    plane = 1;
    int phases = 1;
    for (int d = 0; d < Geometry.DIMS; d++) {
      length[d] = windows[d] + g.reach[d];
      plane *= length[d];
      phases *= g.phases[d].length;
    }
    perChannel = plane * phases;
    int all =
        Math.addExact(
            Math.multiplyExact(Math.multiplyExact(imageCount, channels), perChannel), 2 * MARGIN);
    staged = loops.scratch(use, all);
  }

  private void findOffsets() {
    int total = channels * g.kernels;
    if (offsets.length < total) {
      offsets = new int[total];
    }
    int[] kernel = g.kernel;
    int k = 0;
    for (int c = 0; c < channels; c++) {
      for (int z = 0; z < kernel[0]; z++) {
        for (int y = 0; y < kernel[1]; y++) {
          for (int x = 0; x < kernel[2]; x++) {
            int phase =
                (g.phase[0][z] * g.phases[1].length + g.phase[1][y]) * g.phases[2].length
                    + g.phase[2][x];
            offsets[k++] =
                MARGIN
                    + c * imageCount * perChannel
                    + phase * plane
                    + (g.quotient[0][z] * length[1] + g.quotient[1][y]) * length[2]
                    + g.quotient[2][x];
          }
        }
      }
    }
  }

  private void findPlaces() {
    places = Scratch.places(count);
    int rest = position % g.positions;
    int x = rest % g.output[2];
    int y = rest / g.output[2] % g.output[1];
    int z = rest / g.output[2] / g.output[1];
    int i = 0;
    int at = -1;
    for (int p = 0; p < count; p++) {
      if (at < 0) {
        at =
            i * perChannel + ((z - first[0]) * length[1] + y - first[1]) * length[2] + x - first[2];
      }
      places[p] = at++;
      if (++x == g.output[2]) {
        x = 0;
        at = -1;
        if (++y == g.output[1]) {
          y = 0;
          if (++z == g.output[0]) {
            z = 0;
            i++;
          }
        }
      }
    }
  }

  private void copy() {
    int at = MARGIN;
    for (int c = 0; c < channels; c++) {
      int from = images.offset() + (channel + c) * images.channel();
      for (int i = 0; i < imageCount; i++) {
        copyChannel(from + (image + i) * images.image(), at);
        at += perChannel;
      }
    }
  }

  private void copyChannel(int from, int start) {
    int at = start;
    int width = length[2];
    int slice = length[1] * width;
    for (int pz : g.phases[0]) {
      for (int py : g.phases[1]) {
        int top = before(1, py);
        int bottom = end(1, py);
        for (int px : g.phases[2]) {
          int left = before(2, px);
          int right = end(2, px);
          for (int z = 0; z < length[0]; z++) {
            int ez = element(0, pz, z);
            if (ez < 0 || ez >= g.size[0] || top >= bottom || left >= right) {
              loops.clear(staged, at, at + slice);
            } else {
              loops.clear(staged, at, at + top * width);
              loops.copyRows(
                  images.array(),
                  from
                      + ez * images.depth()
                      + element(1, py, top) * images.row()
                      + element(2, px, left) * images.column(),
                  g.stride[1] * images.row(),
                  g.stride[2] * images.column(),
                  staged,
                  at + top * width,
                  width,
                  left,
                  right,
                  bottom - top);
              loops.clear(staged, at + bottom * width, at + slice);
            }
            at += slice;
          }
        }
      }
    }
  }

  /** The element of the image that a staged one is, or that it would be. */
  private int element(int d, int phase, int index) {
    return (first[d] + index) * g.stride[d] + phase - g.padding[d];
  }

  /** How many staged elements come before those of the image. */
  private int before(int d, int phase) {
    int before = Math.ceilDiv(g.padding[d] - phase, g.stride[d]) - first[d];
    return Math.clamp(before, 0, length[d]);
  }

  /** Where the staged elements of the image end. */
  private int end(int d, int phase) {
    int end = Math.floorDiv(g.size[d] - 1 + g.padding[d] - phase, g.stride[d]) + 1 - first[d];
    return Math.clamp(end, 0, length[d]);
  }

  /**
   * Writes a plane to an image's contiguous channel.
   *
   * @param target the image's array
   * @param start where the channel begins
   */
  void write(Object target, int start) {
    loops.clear(target, start, start + g.elements);
    int at = MARGIN;
    for (int pz : g.phases[0]) {
      for (int py : g.phases[1]) {
        for (int px : g.phases[2]) {
          int before = before(2, px);
          int end = end(2, px);
          int x = element(2, px, before);
          for (int z = 0; z < length[0]; z++) {
            int ez = element(0, pz, z);
            for (int y = 0; y < length[1]; y++) {
              int ey = element(1, py, y);
              if (ez >= 0 && ez < g.size[0] && ey >= 0 && ey < g.size[1] && before < end) {
                loops.spread(
                    staged,
                    at + before,
                    target,
                    start + (ez * g.size[1] + ey) * g.size[2] + x,
                    g.stride[2],
                    end - before);
              }
              at += length[2];
            }
          }
        }
      }
    }
  }

  /** {@return where the staged elements, or those of a plane, begin} */
  static int begin() {
    return MARGIN;
  }

  /** {@return how many elements of one phase of a channel there are} */
  int phaseSize() {
    return plane;
  }

  /** {@return the step from row to row of a plane of one channel} */
  int rowStride() {
    return length[2];
  }

  /** {@return the step from one plane of rows to the next} */
  int depthStride() {
    return length[1] * length[2];
  }
}
