package fluxion.benchmarks.workloads;

import fluxion.nn.Layer;
import fluxion.nn.checkpoint.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** State dicts in files. */
final class StateDicts {
  private StateDicts() {}

  /** Reads a network's state dict from a file and loads it into the network. */
  static Workload load(Layer network, String suffix) throws IOException {
    Path file = Files.createTempFile("state", suffix);
    file.toFile().deleteOnExit();
    Checkpoints.save(network.stateDict(), file);
    return () -> network.loadStateDict(Checkpoints.load(file));
  }
}
