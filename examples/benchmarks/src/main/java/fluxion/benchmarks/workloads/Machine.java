package fluxion.benchmarks.workloads;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What the machine can do at most: float32 multiply-adds in registers, and traffic with memory. No
 * framework takes part.
 */
public final class Machine {
  /**
   * Multiply-adds of all threads in one run of {@link #multiplyAdds}, counted as two operations.
   */
  public static final double OPERATIONS = 2.0 * 16 * 12 * 200_000;

  private static final int CHAIN = 1000;
  private static final int STREAMS = 4;

  /** The elements of a line of the cache, a multiple of any vector's. */
  private static final int LINE = 16;

  /** The first element of a large array that begins such a line. */
  private static final int ALIGNED = 12;

  private static final int THREADS = Integer.getInteger("fluxion.threads", 1);
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private Machine() {}

  /** A share of the work of a run, of which there are as many as threads. */
  @FunctionalInterface
  private interface Share {
    float run(int index);
  }

  private static Workload shared(Share share) {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task);
              thread.setDaemon(true);
              return thread;
            });
    List<Callable<Float>> tasks = new ArrayList<>();
    for (int i = 1; i < THREADS; i++) {
      int index = i;
      tasks.add(() -> share.run(index));
    }
    return () -> {
      List<Future<Float>> others = new ArrayList<>();
      for (Callable<Float> task : tasks) {
        others.add(pool.submit(task));
      }
      float[] all = {share.run(0)};
      for (Future<Float> other : others) {
        all[0] += other.get();
      }
      return all;
    };
  }

  /** Twelve independent chains of multiply-adds, which is more than latency times width. */
  static Workload multiplyAdds() {
    int times = (int) (OPERATIONS / (2.0 * 12 * SPECIES.length()) / THREADS);
    return shared(
        index -> {
          float sum = 0;
          for (int n = 0; n < times; n += CHAIN) {
            sum += chains(CHAIN);
          }
          return sum;
        });
  }

  private static float chains(int times) {
    FloatVector x = FloatVector.broadcast(SPECIES, 0.999f);
    FloatVector y = FloatVector.broadcast(SPECIES, 0.001f);
    FloatVector a = y;
    FloatVector b = y;
    FloatVector c = y;
    FloatVector d = y;
    FloatVector e = y;
    FloatVector f = y;
    FloatVector g = y;
    FloatVector h = y;
    FloatVector i = y;
    FloatVector j = y;
    FloatVector k = y;
    FloatVector l = y;
    for (int n = 0; n < times; n++) {
      a = a.fma(x, y);
      b = b.fma(x, y);
      c = c.fma(x, y);
      d = d.fma(x, y);
      e = e.fma(x, y);
      f = f.fma(x, y);
      g = g.fma(x, y);
      h = h.fma(x, y);
      i = i.fma(x, y);
      j = j.fma(x, y);
      k = k.fma(x, y);
      l = l.fma(x, y);
    }
    return a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j).add(k).add(l).lane(0);
  }

  /** Reads an array that is larger than the caches, each thread at four places at once. */
  static Workload read(int n) {
    float[] values = Inputs.floats(n);
    int quarter = n / (STREAMS * THREADS) / LINE * LINE - LINE;
    return shared(index -> sum(values, begin(n, index), quarter));
  }

  private static float sum(float[] values, int begin, int quarter) {
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int step = SPECIES.length();
    for (int i = begin; i < begin + quarter; i += step) {
      a = a.add(FloatVector.fromArray(SPECIES, values, i));
      b = b.add(FloatVector.fromArray(SPECIES, values, i + quarter));
      c = c.add(FloatVector.fromArray(SPECIES, values, i + 2 * quarter));
      d = d.add(FloatVector.fromArray(SPECIES, values, i + 3 * quarter));
    }
    return a.add(b).add(c).add(d).lane(0);
  }

  /** Adds an array to another: two are read, one is written. */
  static Workload add(int n) {
    float[] target = Inputs.floats(n);
    float[] other = Inputs.floats(n);
    return shared(index -> add(target, other, begin(n, index), begin(n, index + 1)));
  }

  private static float add(float[] target, float[] other, int begin, int end) {
    int step = SPECIES.length();
    for (int i = begin; i + step <= end; i += step) {
      FloatVector.fromArray(SPECIES, target, i)
          .add(FloatVector.fromArray(SPECIES, other, i))
          .intoArray(target, i);
    }
    return target[begin];
  }

  /** Where a thread's share begins; that is where a line of the cache does, too. */
  private static int begin(int n, int index) {
    return (int) ((long) n * index / THREADS) / LINE * LINE + (index < THREADS ? ALIGNED : 0);
  }
}
