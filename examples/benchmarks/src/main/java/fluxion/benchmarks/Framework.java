package fluxion.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A framework whose workloads are timed, in a process of its own.
 *
 * @param name what the report calls it
 * @param folder where its built classes and jars are
 * @param modules the module path, or null where everything is on the class path
 */
record Framework(String name, Path folder, Path modules) {
  static Framework fluxion(Path benchmarks) {
    Path target = benchmarks.resolve("target");
    return new Framework("fluxion", target, target.resolve("modules"));
  }

  static Framework peer(Path benchmarks, String name) {
    return new Framework(name, benchmarks.resolve("peers").resolve(name).resolve("target"), null);
  }

  /** The command that times some workloads with JMH and writes their figures to a file. */
  List<String> command(String workloads, int threads, Path result) {
    List<String> call = new ArrayList<>();
    call.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    call.add("-Xmx4g");
    if (modules == null) {
      call.add("--enable-native-access=ALL-UNNAMED");
      call.add("--sun-misc-unsafe-memory-access=allow");
      call.add("-Dai.djl.offline=true");
      call.add("-Dai.djl.pytorch.num_threads=" + threads);
      call.add("-Dai.djl.pytorch.num_interop_threads=1");
      call.add("-Dorg.bytedeco.javacpp.cachedir=" + cache());
    } else {
      if (System.getProperty("os.name").startsWith("Linux")) {
        call.add("-XX:+UseTransparentHugePages"); // as ./fluxion does
      }
      call.add("--module-path=" + modules);
      call.add("--add-modules=ALL-MODULE-PATH");
      call.add("-Dfluxion.threads=" + threads);
    }
    call.add("-cp");
    call.add(folder.resolve("classes") + java.io.File.pathSeparator + folder.resolve("lib") + "/*");
    call.add("org.openjdk.jmh.Main");
    call.add(workloads);
    // a process for each workload, so that none suffers from what the JIT learnt of another; vector
    // code takes over after some seconds
    call.addAll(List.of("-f", "1", "-wi", "5", "-w", "1", "-i", "3", "-r", "1", "-v", "SILENT"));
    call.addAll(List.of("-rf", "csv", "-rff", result.toString()));
    return call;
  }

  /** What the native libraries of the peers are told; passive waiting serves them best here. */
  Map<String, String> environment(int threads) {
    String count = Integer.toString(threads);
    return Map.of(
        "OMP_NUM_THREADS",
        count,
        "MKL_NUM_THREADS",
        count,
        "OPENBLAS_NUM_THREADS",
        count,
        "OMP_WAIT_POLICY",
        "PASSIVE",
        "OPT_OUT_TRACKING",
        "true",
        "DJL_CACHE_DIR",
        cache().toString(),
        "ENGINE_CACHE_DIR",
        cache().toString());
  }

  private Path cache() {
    return folder.resolve("cache");
  }
}
