package fluxion.conformance.function;

import fluxion.api.Tensor;
import java.util.List;
import java.util.Optional;

/** A tensor's elements and version at one time. */
record Snapshot(Tensor copy, long version) {
  static Snapshot of(Tensor tensor) {
    return new Snapshot(Arrangement.CONTIGUOUS.of(tensor.detach()), tensor.version());
  }

  static List<Snapshot> of(List<Tensor> tensors) {
    return tensors.stream().map(Snapshot::of).toList();
  }

  /** Asks that nothing has been written since. */
  void requireUnchanged(String complaint, Tensor tensor) {
    Optional<String> difference = Bits.difference(copy, tensor);
    if (difference.isPresent()) {
      throw new AssertionError(complaint + ": " + difference.get());
    }
    if (tensor.version() != version) {
      throw new AssertionError(complaint + ": its version rose, its elements are the same");
    }
  }

  /** Asks that nothing has been written to any of some tensors since. */
  static void requireUnchanged(List<Snapshot> before, String complaint, List<Tensor> tensors) {
    for (int i = 0; i < before.size(); i++) {
      before.get(i).requireUnchanged(complaint + " " + i, tensors.get(i));
    }
  }
}
