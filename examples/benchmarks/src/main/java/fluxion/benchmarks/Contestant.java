package fluxion.benchmarks;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Someone who is measured, in processes of its own. */
interface Contestant {
  String MEASURE = "fluxion.benchmarks.workloads.Measure";
  String FIRST_GRADIENT = "fluxion.benchmarks.workloads.FirstGradient";

  /** {@return what figures are filed under} */
  String name();

  /** {@return whether the work can be done, and would tell something new} */
  boolean takes(Row row, Setting setting);

  /** {@return whether the calling thread does all the work where one thread is asked for} */
  default boolean computesOnTheCaller() {
    return true;
  }

  /** {@return the command that starts a main class with the options that measuring needs} */
  List<String> measuring(Setting setting);

  /** {@return the command that starts a main class with no option that it can do without} */
  List<String> plain(Setting setting);

  /** {@return the command that starts the program that takes one gradient and ends} */
  default List<String> starting(Setting setting) {
    return plain(setting);
  }

  /** {@return what is added to the environment} */
  Map<String, String> environment(Setting setting);

  /** {@return where the jars are that a user needs} */
  List<Path> jars();

  /** {@return where the workloads' classes are} */
  default Path classes() {
    return target().resolve("classes");
  }

  /** {@return the class path of the workloads} */
  default String classPath() {
    return classes() + File.pathSeparator + target().resolve("lib") + "/*";
  }

  /** {@return where the workloads' project was built} */
  Path target();

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /**
   * Fluxion, on the module path.
   *
   * @param name what figures are filed under
   * @param target where the workloads' classes and jars are
   * @param modules the module path
   * @param device the device that tensors are on
   */
  record Fluxion(String name, Path target, List<Path> modules, String device)
      implements Contestant {
    static final String CPU = "fluxion";

    /** The least that a program needs. */
    private static final List<String> NEEDED =
        List.of("fluxion-api", "fluxion-engine", "fluxion-ops", "fluxion-backend-cpu");

    boolean isOnCpu() {
      return device.equals("cpu");
    }

    @Override
    public boolean takes(Row row, Setting setting) {
      return isOnCpu()
          || ((row.takers() == Row.Takers.ALL || row.takers() == Row.Takers.DEVICES)
              && setting.equals(row.settings().getFirst()));
    }

    @Override
    public boolean computesOnTheCaller() {
      return isOnCpu();
    }

    @Override
    public List<String> measuring(Setting setting) {
      List<String> call = new ArrayList<>(List.of(java(), "-Xmx4g"));
      if (System.getProperty("os.name").startsWith("Linux")) {
        call.add("-XX:+UseTransparentHugePages"); // as ./fluxion does
      }
      call.addAll(options(setting));
      call.addAll(List.of("-Djmh.ignoreLock=true", "-cp", classPath()));
      return call;
    }

    @Override
    public List<String> plain(Setting setting) {
      List<String> call = new ArrayList<>(List.of(java()));
      call.addAll(options(setting));
      call.addAll(List.of("-cp", classPath()));
      return call;
    }

    @Override
    public List<String> starting(Setting setting) {
      return List.of(
          java(), "--module-path=" + path(), "--add-modules=fluxion.api", "-cp", classPath());
    }

    private String path() {
      return String.join(File.pathSeparator, modules.stream().map(Path::toString).toList());
    }

    private List<String> options(Setting setting) {
      List<String> options = new ArrayList<>();
      options.add("--module-path=" + path());
      options.add("--add-modules=" + (isOnCpu() ? "fluxion.api,fluxion.nn" : "ALL-MODULE-PATH"));
      if (!isOnCpu()) {
        options.add("--enable-native-access=fluxion.backend.gpu");
        options.add("-Dfluxion.benchmarks.device=" + device);
      }
      options.add("-Dfluxion.threads=" + setting.threads());
      return options;
    }

    @Override
    public Map<String, String> environment(Setting setting) {
      return Map.of();
    }

    @Override
    public List<Path> jars() {
      return Jars.in(modules.getFirst(), name -> NEEDED.stream().anyMatch(name::startsWith));
    }
  }

  /**
   * A framework over libtorch, on the class path.
   *
   * @param framework the folder of its project
   * @param target where the workloads' classes and jars are
   * @param passive whether threads of OpenMP sleep while they wait, instead of spinning; one of the
   *     two can be ten times slower
   */
  record Peer(String framework, Path target, boolean passive) implements Contestant {
    private static final String PASSIVE = " passive";

    @Override
    public String name() {
      return framework + (passive ? PASSIVE : "");
    }

    static List<String> names(String framework) {
      return List.of(framework, framework + PASSIVE);
    }

    @Override
    public boolean takes(Row row, Setting setting) {
      return (row.takers() == Row.Takers.ALL || row.takers() == Row.Takers.PEERS)
          && !(passive && (setting.threads() == 1 || row.kind() != Row.Kind.TIME));
    }

    @Override
    public List<String> measuring(Setting setting) {
      List<String> call = plain(setting);
      call.addAll(1, List.of("-Xmx4g", "-Djmh.ignoreLock=true"));
      return call;
    }

    @Override
    public List<String> plain(Setting setting) {
      return new ArrayList<>(
          List.of(
              java(),
              "--enable-native-access=ALL-UNNAMED",
              "--sun-misc-unsafe-memory-access=allow",
              "-Dai.djl.offline=true",
              "-Dai.djl.pytorch.num_threads=" + setting.threads(),
              "-Dai.djl.pytorch.num_interop_threads=1",
              "-Dorg.bytedeco.javacpp.cachedir=" + cache(),
              "-cp",
              classPath()));
    }

    @Override
    public Map<String, String> environment(Setting setting) {
      Map<String, String> variables = new HashMap<>();
      for (String library : List.of("OMP", "MKL", "OPENBLAS")) {
        variables.put(library + "_NUM_THREADS", Integer.toString(setting.threads()));
      }
      if (passive) {
        variables.put("OMP_WAIT_POLICY", "PASSIVE");
      }
      variables.put("OPT_OUT_TRACKING", "true");
      variables.put("DJL_CACHE_DIR", cache().toString());
      variables.put("ENGINE_CACHE_DIR", cache().toString());
      return variables;
    }

    Path cache() {
      return target.resolve("cache");
    }

    @Override
    public List<Path> jars() {
      return Jars.in(target.resolve("lib"), name -> !name.matches("(jmh|jopt|commons-math).*"));
    }
  }
}
