package fluxion.backend.gpu;

import fluxion.backend.gpu.opencl.Kernels;
import fluxion.backend.gpu.opencl.OpenClException;
import fluxion.backend.gpu.opencl.Programs;
import fluxion.engine.spi.Profiling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compiles sources for one device, each once while it is in use, and looks into the cache on disk
 * before.
 */
final class Compiler {
  /** So many programs are held at most; PoCL keeps 1.7 MB for each. */
  private static final int MOST_PROGRAMS = 1024;

  private static final Pattern LINE = Pattern.compile(":(\\d+):\\d+:");
  private static final int LOG_LINES = 20;

  private record Named(List<Object> key, String function) {}

  /** A program, and what was made of its functions. */
  private record Built(long program, List<Executable> executables) {
    boolean takeUsed() {
      boolean used = false;
      for (Executable executable : executables) {
        used |= executable.takeUsed();
      }
      return used;
    }

    void release() {
      executables.forEach(Executable::unload);
      Programs.release(program);
    }
  }

  private final Stream stream;
  private final Capabilities device;
  private final ProgramCache cache;
  private final int most;

  /** The programs by their keys, in the order in which room is looked for. */
  private final SequencedMap<String, Built> programs = new LinkedHashMap<>();

  private final Map<Named, Executable> named = new ConcurrentHashMap<>();
  private final Map<String, KernelRefusedException> refused = new HashMap<>();
  private boolean closed;

  Compiler(Stream stream, ProgramCache cache) {
    this(stream, cache, MOST_PROGRAMS);
  }

  /**
   * Makes a compiler.
   *
   * @param stream the device
   * @param cache where compiled programs are kept
   * @param most how many of them are held
   */
  Compiler(Stream stream, ProgramCache cache, int most) {
    this.most = most;
    this.stream = stream;
    this.device = stream.capabilities();
    this.cache = cache;
  }

  /**
   * {@return a function of a source, compiled; the source is asked for at the first call alone}
   *
   * @param key what the source depends on, its first element the kind of source
   * @param function the kernel's name
   * @param source OpenCL C
   */
  Executable compile(List<Object> key, String function, Supplier<String> source) {
    Named name = new Named(key, function);
    Executable known = named.get(name);
    if (known == null) {
      known = compile(source.get(), function);
      named.put(name, known);
    }
    return known;
  }

  /**
   * {@return a function of a source, compiled}
   *
   * @param source OpenCL C
   * @param function the kernel's name
   */
  Executable compile(String source, String function) {
    String key = ProgramCache.key(source, device.options(), device.name(), device.driver());
    // One at a time: two threads that need one program would compile it twice.
    synchronized (this) {
      Built built = built(key, source, function);
      for (Executable known : built.executables()) {
        if (known.function().equals(function)) {
          return known;
        }
      }
      try {
        long kernel = Kernels.create(built.program(), function);
        long group = Kernels.workGroupSize(kernel, device.id());
        Executable made = new Executable(this, key, source, function, group);
        made.load(kernel);
        built.executables().add(made);
        return made;
      } catch (OpenClException e) {
        throw stream.failure("the kernel '" + function + "'", e);
      }
    }
  }

  /** Compiles anew what was given back. */
  synchronized void revive(Executable executable) {
    if (executable.isLoaded()) {
      return;
    }
    Built built = built(executable.key(), executable.source(), executable.function());
    try {
      executable.load(Kernels.create(built.program(), executable.function()));
      built.executables().add(executable);
    } catch (OpenClException e) {
      throw stream.failure("the kernel '" + executable.function() + "'", e);
    }
  }

  private Built built(String key, String source, String function) {
    if (closed) {
      stream.requireUsable();
    }
    Built known = programs.get(key);
    if (known != null) {
      return known;
    }
    stream.requireUsable();
    KernelRefusedException refusal = refused.get(key);
    if (refusal != null) {
      throw new KernelRefusedException(refusal);
    }
    Built built = new Built(program(key, source, function), new ArrayList<>());
    makeRoom();
    programs.put(key, built);
    return built;
  }

  /** Gives programs back, those first of which nothing was launched since it last came by. */
  private void makeRoom() {
    while (programs.size() >= most) {
      Map.Entry<String, Built> eldest = programs.pollFirstEntry();
      if (eldest.getValue().takeUsed()) {
        programs.putLast(eldest.getKey(), eldest.getValue());
      } else {
        eldest.getValue().release();
      }
    }
  }

  /** {@return the device} */
  Stream stream() {
    return stream;
  }

  /** {@return how many programs are held} */
  synchronized int held() {
    return programs.size();
  }

  private long program(String key, String source, String function) {
    byte[] binary = device.keepsPrograms() ? null : cache.load(key);
    if (!Profiling.isOn()) {
      return program(key, source, binary);
    }
    ProgramEvent event = ProgramEvent.start();
    long program = program(key, source, binary);
    event.finish(device, function, binary != null, source);
    return program;
  }

  private long program(String key, String source, byte @Nullable [] binary) {
    if (binary != null) {
      try {
        return built(Programs.fromBinary(stream.context(), device.id(), binary));
      } catch (OpenClException e) {
        cache.remove(key); // of another driver, or damaged: it is compiled
      }
    }
    long program;
    try {
      program = Programs.fromSource(stream.context(), source);
    } catch (OpenClException e) {
      throw stream.failure("a program", e);
    }
    try {
      Programs.build(program, device.id(), device.options());
    } catch (OpenClException e) {
      String log = Programs.log(program, device.id());
      Programs.release(program);
      KernelRefusedException refusal =
          new KernelRefusedException(message(String.valueOf(e.getMessage()), log, source), e);
      refused.put(key, refusal);
      throw refusal;
    }
    if (!device.keepsPrograms()) {
      cache.store(key, Programs.binary(program));
    }
    return program;
  }

  private long built(long program) {
    try {
      Programs.build(program, device.id(), device.options());
      return program;
    } catch (OpenClException e) {
      Programs.release(program);
      throw e;
    }
  }

  /** {@return what is said of a source that does not compile: the log, and the line it names} */
  static String message(String failure, String log, String source) {
    StringBuilder text = new StringBuilder("a kernel does not compile: ").append(failure);
    Matcher line = LINE.matcher(log);
    List<String> lines = source.lines().toList();
    if (line.find()) {
      int number = Integer.parseInt(line.group(1));
      if (number >= 1 && number <= lines.size()) {
        text.append("\nline ").append(number).append(": ");
        text.append(lines.get(number - 1).strip());
      }
    }
    List<String> said = log.lines().toList();
    for (int i = 0; i < Math.min(said.size(), LOG_LINES); i++) {
      text.append('\n').append(said.get(i));
    }
    if (said.size() > LOG_LINES) {
      text.append("\n… ").append(said.size() - LOG_LINES).append(" more lines");
    }
    return text.toString();
  }

  /** Gives all programs back. */
  synchronized void close() {
    closed = true;
    for (Built built : programs.values()) {
      built.release();
    }
    programs.clear();
    named.clear();
  }
}
