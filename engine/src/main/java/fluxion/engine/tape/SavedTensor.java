package fluxion.engine.tape;

import fluxion.api.GradFn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tensor kept for the backward pass, or the way to compute it again. */
public abstract sealed class SavedTensor permits HeldTensor, RecomputedTensor {
  /** Who keeps a tensor: it is asked for its name only for a message. */
  @FunctionalInterface
  public interface Keeper {
    /** {@return the name of the node} */
    String name();
  }

  /** What a backward says that finds saved tensors gone. */
  public static final String FREED =
      "Trying to backward through the graph a second time (or directly access saved tensors after"
          + " they have already been freed). Saved intermediate values of the graph are freed when"
          + " you call .backward() or autograd.grad(). Specify retain_graph=True if you need to"
          + " backward through the graph a second time or if you need to access saved tensors after"
          + " calling backward.";

  SavedTensor() {}

  /**
   * {@return an input, kept}
   *
   * @param tensor the input
   */
  public static SavedTensor input(TensorImpl tensor) {
    return Recomputation.isUsed()
        ? Recomputation.save(tensor, false)
        : new HeldTensor(tensor, false);
  }

  /**
   * {@return an output, kept; its history must be set by now}
   *
   * @param tensor the output
   */
  public static SavedTensor output(TensorImpl tensor) {
    return Recomputation.isUsed() ? Recomputation.save(tensor, true) : new HeldTensor(tensor, true);
  }

  /**
   * {@return the tensor with the history that it had when it was kept}
   *
   * @param keeper who kept it
   */
  public abstract TensorImpl unpack(Keeper keeper);

  /**
   * {@return what is kept, without its values}
   *
   * @param name what the node calls it
   */
  public abstract GradFn.Saved describe(String name);

  /** How a node calls what it keeps, by place and number of places. */
  @FunctionalInterface
  interface Naming {
    String name(int place, int count);
  }

  /** The name of an input: PyTorch's for functions of one or two. */
  public static String inputName(int place, int count) {
    return count > 2 ? "input" + place : place == 0 ? "self" : "other";
  }

  /** Adds a description of each that is there. */
  static void describe(
      @Nullable SavedTensor @Nullable [] saved, Naming naming, List<GradFn.Saved> described) {
    for (int i = 0; saved != null && i < saved.length; i++) {
      SavedTensor one = saved[i];
      if (one != null) {
        described.add(one.describe(naming.name(i, saved.length)));
      }
    }
  }

  /** Lets go of the tensor's memory; it is not read again. */
  public abstract void release();

  /**
   * Lets go of several.
   *
   * @param saved what was kept, null where nothing was
   */
  public static void release(@Nullable SavedTensor @Nullable [] saved) {
    if (saved != null) {
      for (SavedTensor one : saved) {
        if (one != null) {
          one.release();
        }
      }
    }
  }
}
