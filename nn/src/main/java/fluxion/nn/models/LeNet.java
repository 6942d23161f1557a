package fluxion.nn.models;

import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.nn.Layer;
import fluxion.nn.Linear;
import fluxion.nn.spatial.Conv2d;
import fluxion.nn.spatial.ConvOptions;
import fluxion.nn.spatial.MaxPool2d;

/**
 * A small network for pictures of 28 × 28: LeCun and others, 1998, with maxima and {@code relu} as
 * in PyTorch's tutorial, whose parameter names and shapes it has.
 *
 * <p>It takes {@code [N, channels, 28, 28]} and gives logits, {@code [N, classes]}.
 */
public final class LeNet extends Layer {
  private final Layer conv1;
  private final Layer conv2;
  private final Layer fc1;
  private final Layer fc2;
  private final Layer fc3;
  private final Layer pool;

  /** Makes a network for 10 classes of grey pictures. */
  public LeNet() {
    this(1, 10, TensorOptions.DEFAULT);
  }

  /**
   * Makes a network.
   *
   * @param channels the channels of a picture
   * @param classes the number of logits
   * @param tensors dtype and device of the parameters
   */
  public LeNet(long channels, long classes, TensorOptions tensors) {
    ConvOptions options = ConvOptions.DEFAULT.tensors(tensors);
    this.conv1 = register("conv1", new Conv2d(channels, 6, options.padding(2), 5, 5));
    this.pool = register("pool", new MaxPool2d(2));
    this.conv2 = register("conv2", new Conv2d(6, 16, options, 5, 5));
    this.fc1 = register("fc1", new Linear(400, 120, true, tensors));
    this.fc2 = register("fc2", new Linear(120, 84, true, tensors));
    this.fc3 = register("fc3", new Linear(84, classes, true, tensors));
  }

  @Override
  public Tensor forward(Tensor input) {
    Tensor x = pool.call(conv1.call(input).relu());
    x = pool.call(conv2.call(x).relu()).flatten(1, -1);
    return fc3.call(fc2.call(fc1.call(x).relu()).relu());
  }
}
