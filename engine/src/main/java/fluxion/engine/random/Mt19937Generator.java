package fluxion.engine.random;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import java.util.Objects;

/**
 * PyTorch's generator for the CPU: the Mersenne Twister and PyTorch's ways of making numbers of its
 * bits.
 *
 * <p>After {@code manualSeed(s)} the streams are those of PyTorch 1.13 after {@code
 * torch.manual_seed(s)}, bit for bit as on a processor with AVX2: float32 normal numbers go through
 * the polynomials of PyTorch's vectorised kernel, float64 ones through {@link CorrectlyRounded}
 * functions, to which those of the C library are equal in all streams that were recorded.
 *
 * <p>All methods may be called by several threads at once: each holds this object's lock until it
 * is done, so that no draw is given twice and a filled array is one unbroken part of the stream.
 * Which thread gets which part is up to their order.
 */
public final class Mt19937Generator {
  /** The seed of a generator that was given none. */
  public static final long DEFAULT_SEED = 67280421310721L;

  private static final int FLOAT_DIGITS = 24;
  private static final double DOUBLE_STEP = 0x1p-53;

  private MersenneTwister twister;
  private long seed;

  /** The second number of the last pair of normal ones, if it was not yet given. */
  private double nextNormal;

  private boolean hasNextNormal;

  /** Makes a generator with {@link #DEFAULT_SEED}. */
  public Mt19937Generator() {
    this(DEFAULT_SEED);
  }

  /**
   * Makes a generator.
   *
   * @param seed as for {@link #manualSeed}
   */
  public Mt19937Generator(long seed) {
    this.seed = seed;
    this.twister = new MersenneTwister(seed);
  }

  /**
   * Starts a stream anew and drops a cached normal number.
   *
   * @param seed the seed, of which PyTorch uses the low 32 bits
   */
  public synchronized void manualSeed(long seed) {
    this.seed = seed;
    twister = new MersenneTwister(seed);
    hasNextNormal = false;
  }

  /** {@return the seed from which the stream started, all 64 bits of it} */
  public synchronized long initialSeed() {
    return seed;
  }

  /**
   * {@return the state, from which {@link #restore} continues}
   *
   * <p>The bytes are laid out as those of PyTorch's {@code get_rng_state}.
   */
  public synchronized byte[] state() {
    return new GeneratorState(seed, twister, hasNextNormal, nextNormal).toBytes();
  }

  /**
   * Continues from a saved state.
   *
   * @param state what {@link #state} returned
   * @throws fluxion.api.FormatException if the bytes are no state; the generator is unchanged then
   */
  public synchronized void restore(byte[] state) {
    GeneratorState read = GeneratorState.of(state);
    seed = read.seed();
    twister = read.twister();
    hasNextNormal = read.hasNextNormal();
    nextNormal = read.nextNormal();
  }

  /** {@return the next 32 bits of the stream} */
  public synchronized int random() {
    return twister.draw();
  }

  /** {@return the next 64 bits of the stream, the earlier 32 above the later} */
  public synchronized long random64() {
    return draw64();
  }

  private long draw64() {
    long high = Integer.toUnsignedLong(twister.draw());
    return high << 32 | Integer.toUnsignedLong(twister.draw());
  }

  private double drawDouble() {
    return (draw64() & ((1L << 53) - 1)) * DOUBLE_STEP;
  }

  /**
   * Fills part of an array with uniform numbers.
   *
   * @param out the array
   * @param offset where the part begins
   * @param length the number of elements
   * @param from the lower bound
   * @param to the upper bound, not below the lower; not reached but by rounding
   * @throws ArgumentException if the bounds are out of order or more than float32's range apart
   */
  public void uniform(float[] out, int offset, int length, float from, float to) {
    uniform(out, offset, length, from, to, FLOAT_DIGITS);
  }

  /**
   * Fills part of an array with uniform numbers of fewer digits, for a narrower type.
   *
   * @param out the array
   * @param offset where the part begins
   * @param length the number of elements
   * @param from the lower bound
   * @param to the upper bound, not below the lower; not reached but by rounding
   * @param digits how many binary digits a number in [0, 1) has, up to 24
   * @throws ArgumentException if the bounds are out of order or more than float32's range apart
   */
  public synchronized void uniform(
      float[] out, int offset, int length, float from, float to, int digits) {
    Objects.checkFromIndexSize(offset, length, out.length);
    float span = to - from;
    ParameterChecks.uniform(from, to, span <= Float.MAX_VALUE);
    int mask = (1 << digits) - 1;
    float step = 1f / (1 << digits);
    for (int i = offset; i < offset + length; i++) {
      out[i] = Math.fma((twister.draw() & mask) * step, span, from);
    }
  }

  /**
   * Fills part of an array with uniform numbers.
   *
   * @param out the array
   * @param offset where the part begins
   * @param length the number of elements
   * @param from the lower bound
   * @param to the upper bound, not below the lower; not reached but by rounding
   * @throws ArgumentException if the bounds are out of order or more than float64's range apart
   */
  public synchronized void uniform(double[] out, int offset, int length, double from, double to) {
    Objects.checkFromIndexSize(offset, length, out.length);
    double span = to - from;
    ParameterChecks.uniform(from, to, span <= Double.MAX_VALUE);
    for (int i = offset; i < offset + length; i++) {
      out[i] = Math.fma(drawDouble(), span, from);
    }
  }

  /**
   * Fills an array with uniform numbers in [0, 1).
   *
   * @param out the array
   */
  public void uniform(float[] out) {
    uniform(out, 0, out.length, 0f, 1f);
  }

  /**
   * Fills an array with uniform numbers in [0, 1).
   *
   * @param out the array
   */
  public void uniform(double[] out) {
    uniform(out, 0, out.length, 0d, 1d);
  }

  /**
   * {@return one normal number}
   *
   * <p>Numbers come in pairs, of which the second is kept for the next call. PyTorch draws so for
   * fewer than sixteen elements and for tensors that are not contiguous.
   *
   * @param mean the mean
   * @param std the standard deviation, at least 0
   * @throws ArgumentException if the standard deviation is negative or NaN
   */
  public synchronized double normal(double mean, double std) {
    ParameterChecks.normal(std);
    return drawNormal(mean, std);
  }

  private double drawNormal(double mean, double std) {
    if (hasNextNormal) {
      hasNextNormal = false;
      return Math.fma(nextNormal, std, mean);
    }
    double u1 = drawDouble();
    double u2 = drawDouble();
    double radius = Math.sqrt(-2 * CorrectlyRounded.log1p(-u2));
    double theta = 2 * Math.PI * u1;
    nextNormal = radius * CorrectlyRounded.sin(theta);
    hasNextNormal = true;
    return Math.fma(radius * CorrectlyRounded.cos(theta), std, mean);
  }

  /**
   * Fills part of an array with normal numbers, as PyTorch fills a contiguous tensor.
   *
   * <p>Fewer than sixteen are drawn as by {@link #normal(double, double)}. Else sixteen uniform
   * numbers give sixteen normal ones, and where the length is no multiple of sixteen the last
   * sixteen elements are drawn again.
   *
   * @param out the array
   * @param offset where the part begins
   * @param length the number of elements
   * @param mean the mean
   * @param std the standard deviation, at least 0
   * @throws ArgumentException if the standard deviation is negative or NaN
   */
  public synchronized void normal(float[] out, int offset, int length, double mean, double std) {
    Objects.checkFromIndexSize(offset, length, out.length);
    ParameterChecks.normal(std);
    int end = offset + length;
    if (length < BoxMuller.BLOCK) {
      for (int i = offset; i < end; i++) {
        out[i] = (float) drawNormal(mean, std);
      }
      return;
    }
    uniform(out, offset, length, 0f, 1f);
    int at = offset;
    for (; at <= end - BoxMuller.BLOCK; at += BoxMuller.BLOCK) {
      BoxMuller.block(out, at, (float) mean, (float) std);
    }
    if (at != end) {
      int tail = end - BoxMuller.BLOCK;
      uniform(out, tail, BoxMuller.BLOCK, 0f, 1f);
      BoxMuller.block(out, tail, (float) mean, (float) std);
    }
  }

  /**
   * Fills part of an array with normal numbers, as PyTorch fills a contiguous tensor.
   *
   * <p>The draws are those of {@link #normal(float[], int, int, double, double)}, in float64.
   *
   * @param out the array
   * @param offset where the part begins
   * @param length the number of elements
   * @param mean the mean
   * @param std the standard deviation, at least 0
   * @throws ArgumentException if the standard deviation is negative or NaN
   */
  public synchronized void normal(double[] out, int offset, int length, double mean, double std) {
    Objects.checkFromIndexSize(offset, length, out.length);
    ParameterChecks.normal(std);
    int end = offset + length;
    if (length < BoxMuller.BLOCK) {
      for (int i = offset; i < end; i++) {
        out[i] = drawNormal(mean, std);
      }
      return;
    }
    uniform(out, offset, length, 0d, 1d);
    int at = offset;
    for (; at <= end - BoxMuller.BLOCK; at += BoxMuller.BLOCK) {
      BoxMuller.block(out, at, mean, std);
    }
    if (at != end) {
      int tail = end - BoxMuller.BLOCK;
      uniform(out, tail, BoxMuller.BLOCK, 0d, 1d);
      BoxMuller.block(out, tail, mean, std);
    }
  }

  /**
   * Fills an array with normal numbers of mean 0 and standard deviation 1.
   *
   * @param out the array
   */
  public void normal(float[] out) {
    normal(out, 0, out.length, 0, 1);
  }

  /**
   * Fills an array with normal numbers of mean 0 and standard deviation 1.
   *
   * @param out the array
   */
  public void normal(double[] out) {
    normal(out, 0, out.length, 0, 1);
  }

  /**
   * Fills an array with numbers from the exponential distribution, {@code -log(1 - u) / rate}.
   *
   * @param out the array
   * @param rate the inverse of the mean, above 0
   * @throws ArgumentException if the rate is not above 0
   */
  public synchronized void exponential(double[] out, double rate) {
    ParameterChecks.exponential(rate);
    for (int i = 0; i < out.length; i++) {
      out[i] = -1 / rate * CorrectlyRounded.log1p(-drawDouble());
    }
  }

  /**
   * Fills an array with ones and zeros.
   *
   * @param out the array
   * @param p the probability of a one
   * @throws ArgumentException if the probability is not in [0, 1]
   */
  public synchronized void bernoulli(byte[] out, double p) {
    ParameterChecks.bernoulli(p);
    for (int i = 0; i < out.length; i++) {
      out[i] = drawDouble() < p ? (byte) 1 : 0;
    }
  }

  /**
   * Fills an array with integers from a range, as for an int64 tensor.
   *
   * @param out the array
   * @param low the least
   * @param high one more than the largest
   * @throws ArgumentException if the range is empty
   */
  public void randint(long[] out, long low, long high) {
    randint(out, low, high, DType.INT64);
  }

  /**
   * Fills an array with integers from a range, as PyTorch's {@code random_(low, high)} does for
   * tensors of the given dtype.
   *
   * <p>PyTorch takes remainders, so that ranges which do not divide 2<sup>32</sup> (from 2
   * <sup>32</sup> on: 2<sup>64</sup>) favour small numbers slightly.
   *
   * @param out the array
   * @param low the least
   * @param high one more than the largest
   * @param dtype the tensor's dtype: it decides whether a large range takes 64 bits an element. Its
   *     own range is for the caller to check
   * @throws ArgumentException if the range is empty
   */
  public synchronized void randint(long[] out, long low, long high, DType dtype) {
    ParameterChecks.integers(low, high);
    long range = high - low;
    boolean wide = DTypeRanges.isWide(dtype, range);
    for (int i = 0; i < out.length; i++) {
      long bits = wide ? draw64() : Integer.toUnsignedLong(twister.draw());
      out[i] = Long.remainderUnsigned(bits, range) + low;
    }
  }

  /**
   * Fills an array with integers as PyTorch's {@code random_()} does for tensors of the given
   * dtype: from 0 to its largest value, or to the largest up to which it holds every integer.
   *
   * @param out the array
   * @param dtype the tensor's dtype
   */
  public synchronized void random(long[] out, DType dtype) {
    long range = DTypeRanges.fullRange(dtype);
    boolean wide = DTypeRanges.isFullRangeWide(dtype);
    for (int i = 0; i < out.length; i++) {
      long bits = wide ? draw64() : Integer.toUnsignedLong(twister.draw());
      out[i] = Long.remainderUnsigned(bits, range);
    }
  }

  /**
   * Fills an array with the numbers from 0 to its length less 1 in random order.
   *
   * @param out the array
   */
  public synchronized void randperm(long[] out) {
    int n = out.length;
    for (int i = 0; i < n; i++) {
      out[i] = i;
    }
    for (int i = 0; i < n - 1; i++) {
      int other = i + Integer.remainderUnsigned(twister.draw(), n - i);
      long kept = out[i];
      out[i] = out[other];
      out[other] = kept;
    }
  }
}
