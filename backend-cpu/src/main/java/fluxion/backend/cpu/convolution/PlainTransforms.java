package fluxion.backend.cpu.convolution;

/** The transforms by scalar loops. */
final class PlainTransforms implements Transforms {
  static final PlainTransforms INSTANCE = new PlainTransforms();

  private PlainTransforms() {}

  @Override
  public void rows(
      float[] image, int from, int stride, int high, int wide, float[] rows, int at, int plane) {
    for (int row = 0; row < high; row++) {
      for (int y = 0; y < 4; y++) {
        row(
            image,
            from + (2 * row + y) * stride,
            wide,
            rows,
            at + row * wide + 4 * y * plane,
            plane);
      }
    }
  }

  private static void row(float[] image, int from, int count, float[] rows, int at, int plane) {
    for (int j = 0; j < count; j++) {
      int s = from + 2 * j;
      float d0 = image[s];
      float d1 = image[s + 1];
      float d2 = image[s + 2];
      float d3 = image[s + 3];
      rows[at + j] = d0 - d2;
      rows[at + plane + j] = d1 + d2;
      rows[at + 2 * plane + j] = d2 - d1;
      rows[at + 3 * plane + j] = d1 - d3;
    }
  }

  @Override
  public void columns(
      float[] rows, int plane, int count, float[] panels, int at, int step, int width, int panel) {
    for (int first = 0; first < count; first += width) {
      int some = Math.min(width, count - first);
      for (int b = 0; b < 4; b++) {
        int from = b * plane + first;
        int to = at + first / width * panel + b * step;
        for (int j = 0; j < some; j++) {
          float d0 = rows[from + j];
          float d1 = rows[from + 4 * plane + j];
          float d2 = rows[from + 8 * plane + j];
          float d3 = rows[from + 12 * plane + j];
          panels[to + j] = d0 - d2;
          panels[to + 4 * step + j] = d1 + d2;
          panels[to + 8 * step + j] = d2 - d1;
          panels[to + 12 * step + j] = d1 - d3;
        }
      }
    }
  }

  @Override
  public void kernels(float[] taps, int plane, int count, float[] target, int[] places, int at) {
    float[] a = new float[12];
    for (int c = 0; c < count; c++) {
      for (int x = 0; x < 3; x++) {
        float g0 = taps[x * plane + c];
        float g1 = taps[(3 + x) * plane + c];
        float g2 = taps[(6 + x) * plane + c];
        float outer = g0 + g2;
        a[x] = g0;
        a[3 + x] = 0.5f * (outer + g1);
        a[6 + x] = 0.5f * (outer - g1);
        a[9 + x] = g2;
      }
      for (int y = 0; y < 4; y++) {
        float g0 = a[3 * y];
        float g1 = a[3 * y + 1];
        float g2 = a[3 * y + 2];
        float outer = g0 + g2;
        target[places[4 * y] + at + c] = g0;
        target[places[4 * y + 1] + at + c] = 0.5f * (outer + g1);
        target[places[4 * y + 2] + at + c] = 0.5f * (outer - g1);
        target[places[4 * y + 3] + at + c] = g2;
      }
    }
  }

  @Override
  public boolean outputs(
      float[] products,
      int from,
      int plane,
      int count,
      float bias,
      float[] outputs,
      int top,
      int bottom) {
    float zero = 0;
    float[] s = new float[4];
    float[] t = new float[4];
    for (int j = 0; j < count; j++) {
      for (int b = 0; b < 4; b++) {
        int p = from + b * plane + j;
        float m1 = products[p + 4 * plane];
        float m2 = products[p + 8 * plane];
        s[b] = products[p] + m1 + m2;
        t[b] = m1 - m2 - products[p + 12 * plane];
      }
      float s0 = s[0] + s[1] + s[2] + bias;
      float s1 = s[1] - s[2] - s[3] + bias;
      float t0 = t[0] + t[1] + t[2] + bias;
      float t1 = t[1] - t[2] - t[3] + bias;
      outputs[top + 2 * j] = s0;
      outputs[top + 2 * j + 1] = s1;
      outputs[bottom + 2 * j] = t0;
      outputs[bottom + 2 * j + 1] = t1;
      zero += s0 * 0 + s1 * 0 + t0 * 0 + t1 * 0;
    }
    return zero == 0;
  }
}
