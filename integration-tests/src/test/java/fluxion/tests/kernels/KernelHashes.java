package fluxion.tests.kernels;

import fluxion.api.Device;
import fluxion.conformance.fuzz.Oracle;
import java.util.List;

/**
 * Prints a hash of what each case computes on the CPU. Everything is computed again and again until
 * the compiler has seen it, and has to have the same bits each time.
 */
final class KernelHashes {
  private KernelHashes() {}

  /**
   * Runs.
   *
   * @param arguments how many seeds are tried, for how many seconds, and any of {@code small} for
   *     small operands only and {@code reference} to hold everything to the reference device
   */
  public static void main(String[] arguments) {
    List<String> given = List.of(arguments);
    int seeds = Integer.parseInt(given.get(0));
    long nanos = Long.parseLong(given.get(1)) * 1_000_000_000;
    List<KernelCase> cases =
        KernelCase.all().stream().filter(c -> !given.contains("small") || !c.large()).toList();
    if (given.contains("reference")) {
      cases.forEach(tried -> compare(tried, seeds));
    }
    List<Long> first = hashes(cases, seeds);
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < nanos) {
      List<Long> again = hashes(cases, seeds);
      for (int i = 0; i < first.size(); i++) {
        if (!again.get(i).equals(first.get(i))) {
          throw new AssertionError(cases.get(i) + " has other bits than at first");
        }
      }
    }
    for (int i = 0; i < first.size(); i++) {
      System.out.println(cases.get(i) + " " + Long.toHexString(first.get(i)));
    }
  }

  private static List<Long> hashes(List<KernelCase> cases, int seeds) {
    return cases.stream().map(tried -> hash(tried, seeds)).toList();
  }

  private static long hash(KernelCase tried, int seeds) {
    long hash = 0;
    for (int seed = 0; seed < (tried.large() ? 1 : seeds); seed++) {
      hash = 31 * hash + KernelRun.of(tried, Device.CPU, seed).hash();
    }
    return hash;
  }

  /**
   * Holds a case to the reference device.
   *
   * @param tried the case
   * @param seeds how many seeds are tried
   * @throws AssertionError if they differ
   */
  static void compare(KernelCase tried, int seeds) {
    try (Oracle oracle = Oracle.open()) {
      for (int seed = 0; seed < (tried.large() ? 1 : seeds); seed++) {
        String difference =
            KernelRun.of(tried, Device.CPU, seed)
                .difference(KernelRun.of(tried, oracle.device(), seed));
        if (!difference.isEmpty()) {
          throw new AssertionError(tried + " with seed " + seed + ": " + difference);
        }
      }
    }
  }
}
