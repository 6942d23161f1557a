package fluxion.engine.tape;

import fluxion.api.AutogradException;
import fluxion.api.GradFn;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a function knows of one call, before and after it is recorded. */
final class CallContext implements Context, SavedTensor.Keeper {
  private static final TensorSpec[] NO_SPECS = {};
  private static final boolean[] NONE_KEPT = {};

  private final Function function;
  private final boolean[] needs;

  /** The inputs, until the forward is over. */
  private @Nullable Tensor @Nullable [] given;

  private @Nullable TensorSpec[] inputSpecs = NO_SPECS;
  private TensorSpec[] outputSpecs = NO_SPECS;

  /** Which inputs are kept; none as long as there is no place for each. */
  private boolean[] keepInput = NONE_KEPT;

  private long keepOutput;
  private long notDifferentiable;
  private List<Tensor> intermediates = List.of();

  private volatile @Nullable SavedTensor @Nullable [] inputs;
  private volatile @Nullable SavedTensor @Nullable [] outputs;
  private volatile @Nullable SavedTensor @Nullable [] others;
  private boolean finished;
  private volatile boolean released;

  CallContext(Function function, @Nullable Tensor[] inputs, boolean[] needs) {
    this.function = function;
    this.needs = needs;
    this.given = inputs;
  }

  @Override
  public String name() {
    return function.name();
  }

  /** Ends the forward: takes hold of what is to be kept. */
  void finish(@Nullable Tensor[] ins, TensorImpl[] outs) {
    outputSpecs = new TensorSpec[outs.length];
    for (int i = 0; i < outs.length; i++) {
      outputSpecs[i] = TensorSpec.of(outs[i]);
    }
    inputSpecs = new @Nullable TensorSpec[ins.length];
    for (int i = 0; i < ins.length; i++) {
      Tensor input = ins[i];
      inputSpecs[i] = input == null ? null : TensorSpec.of(input);
    }
    given = null;
    for (Tensor intermediate : intermediates) {
      for (TensorImpl out : outs) {
        if (intermediate == out) {
          throw new AutogradException(
              "function " + name() + " keeps an output as an intermediate; use saveOutput");
        }
      }
    }
    if (keepInput.length > 0) {
      @Nullable SavedTensor[] savedInputs = new @Nullable SavedTensor[ins.length];
      for (int i = 0; i < ins.length; i++) {
        if (keepInput[i] && ins[i] instanceof TensorImpl tensor) {
          savedInputs[i] = SavedTensor.input(tensor);
        }
      }
      inputs = savedInputs;
    }
    if (hadIntermediates) {
      @Nullable SavedTensor[] savedOthers = new @Nullable SavedTensor[intermediates.size()];
      for (int i = 0; i < savedOthers.length; i++) {
        savedOthers[i] = SavedTensor.input(TensorImpl.of(intermediates.get(i)));
      }
      others = savedOthers;
      intermediates = List.of();
    }
    if (keepOutput != 0) {
      @Nullable SavedTensor[] savedOutputs = new @Nullable SavedTensor[outs.length];
      for (int i = 0; i < outs.length; i++) {
        savedOutputs[i] = (keepOutput >> i & 1) == 0 ? null : SavedTensor.output(outs[i]);
      }
      outputs = savedOutputs;
    }
    finished = true;
  }

  boolean isDifferentiable(int output) {
    return (notDifferentiable >> output & 1) == 0;
  }

  TensorSpec[] outputSpecs() {
    return outputSpecs;
  }

  void release() {
    if (!finished) {
      return;
    }
    released = true;
    // what was never there is not taken away: a volatile write costs more than a look
    if (inputs != null) {
      SavedTensor.release(inputs);
      inputs = null;
    }
    if (outputs != null) {
      SavedTensor.release(outputs);
      outputs = null;
    }
    if (others != null) {
      SavedTensor.release(others);
      others = null;
    }
  }

  private boolean keptAnything() {
    return keepOutput != 0 || keepInput.length > 0;
  }

  /** Fails if saved tensors are gone, before the function starts on them. */
  void checkNotReleased() {
    if (released && (keptAnything() || hadIntermediates)) {
      throw new AutogradException(SavedTensor.FREED);
    }
  }

  private boolean hadIntermediates;

  /** What is kept, for those who look at the graph. */
  List<GradFn.Saved> savedTensors() {
    checkNotReleased();
    List<GradFn.Saved> described = new ArrayList<>();
    SavedTensor.describe(inputs, SavedTensor::inputName, described);
    SavedTensor.describe(outputs, (i, count) -> count == 1 ? "result" : "result" + i, described);
    SavedTensor.describe(others, (i, _) -> "kept" + i, described);
    return described;
  }

  @Override
  public int inputCount() {
    return needs.length;
  }

  @Override
  public boolean needsGradient(int input) {
    return needs[input];
  }

  @Override
  public TensorSpec inputSpec(int input) {
    @Nullable Tensor[] tensors = given;
    TensorSpec spec = null;
    if (tensors == null) {
      spec = inputSpecs[input];
    } else {
      Tensor tensor = tensors[input];
      spec = tensor == null ? null : TensorSpec.of(tensor);
    }
    if (spec == null) {
      throw absent(input);
    }
    return spec;
  }

  @Override
  public TensorSpec outputSpec(int output) {
    return outputSpecs[output];
  }

  private void checkForward(String what) {
    if (finished) {
      throw new AutogradException(what + " is for forward only; function " + name());
    }
  }

  @Override
  public void saveInput(int input) {
    checkForward("saveInput");
    if (keepInput.length == 0) {
      keepInput = new boolean[needs.length];
    }
    keepInput[input] = true;
  }

  @Override
  public void saveOutput(int output) {
    checkForward("saveOutput");
    if (output >= Long.SIZE) {
      throw new AutogradException(name() + " keeps output " + output + "; only 64 can be kept");
    }
    keepOutput |= 1L << output;
  }

  @Override
  public int saveIntermediate(Tensor tensor) {
    checkForward("saveIntermediate");
    if (tensor.requiresGrad()) {
      throw new AutogradException(
          "function " + name() + " keeps a tensor of a graph as an intermediate; keep an input");
    }
    List<Tensor> more = new ArrayList<>(intermediates);
    more.add(tensor);
    intermediates = more;
    hadIntermediates = true;
    return more.size() - 1;
  }

  @Override
  public void markNonDifferentiable(int output) {
    checkForward("markNonDifferentiable");
    notDifferentiable |= 1L << output;
  }

  @Override
  public @Nullable Tensor optionalInput(int input) {
    @Nullable SavedTensor[] saved = inputs;
    if (released) {
      throw new AutogradException(SavedTensor.FREED);
    }
    if (saved == null || !keepInput[input]) {
      throw new AutogradException("function " + name() + " did not save input " + input);
    }
    SavedTensor kept = saved[input];
    return kept == null ? null : kept.unpack(this);
  }

  @Override
  public Tensor input(int input) {
    Tensor tensor = optionalInput(input);
    if (tensor == null) {
      throw absent(input);
    }
    return tensor;
  }

  private NullPointerException absent(int input) {
    return new NullPointerException("input " + input + " of " + name() + " is absent");
  }

  @Override
  public Tensor output(int output) {
    @Nullable SavedTensor[] saved = outputs;
    SavedTensor kept = saved == null ? null : saved[output];
    if (kept == null) {
      throw new AutogradException(
          released ? SavedTensor.FREED : "function " + name() + " did not save output " + output);
    }
    return kept.unpack(this);
  }

  @Override
  public Tensor intermediate(int number) {
    @Nullable SavedTensor[] saved = others;
    SavedTensor kept = saved == null || number >= saved.length ? null : saved[number];
    if (kept == null) {
      throw new AutogradException(
          released
              ? SavedTensor.FREED
              : "function " + name() + " did not save intermediate " + number);
    }
    return kept.unpack(this);
  }
}
