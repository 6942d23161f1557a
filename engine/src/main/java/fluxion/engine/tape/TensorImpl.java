package fluxion.engine.tape;

import fluxion.api.ArgumentException;
import fluxion.api.AutogradException;
import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.Hook;
import fluxion.api.MemoryException;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.engine.intrinsics.Intrinsics;
import fluxion.engine.spi.Buffer;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Operand;
import fluxion.engine.vmap.Batch;
import fluxion.engine.vmap.UnbatchedException;
import fluxion.engine.vmap.Vmap;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The engine's tensor: a layout of some storage, with a version and, maybe, a history. */
public final class TensorImpl implements Tensor {
  private static final AtomicReferenceFieldUpdater<TensorImpl, @Nullable AutogradMeta> META =
      AtomicReferenceFieldUpdater.newUpdater(TensorImpl.class, AutogradMeta.class, "meta");

  /** Changed by {@link #setData} alone, as the layout and the version are. */
  private Storage storage;

  private Version version;

  /** Over which levels a batched tensor ranges; the layout is that of one slice. */
  private final @Nullable Batch batch;

  /** Changed by the in-place forms of views, too; no other thread may meet either. */
  private Layout layout;

  private Operand operand;
  private volatile @Nullable AutogradMeta meta;
  private volatile boolean closed;

  /**
   * Makes a tensor without history.
   *
   * @param storage its memory
   * @param layout where its elements lie there
   */
  public TensorImpl(Storage storage, Layout layout) {
    this(storage, layout, new Version(), null);
  }

  /**
   * Makes a batched tensor without history.
   *
   * @param storage its memory
   * @param slice where the elements of the first slice lie there
   * @param batch where the other slices lie
   */
  public TensorImpl(Storage storage, Layout slice, Batch batch) {
    this(storage, slice, new Version(), batch);
  }

  private TensorImpl(Storage storage, Layout layout, Version version, @Nullable Batch batch) {
    this.storage = storage;
    this.batch = batch;
    this.layout = layout;
    this.version = version;
    this.operand = layout.operand(storage.memory());
    // whoever is handed the tensor, in whatever way, sees the layout, as if it were final
    VarHandle.storeStoreFence();
    storage.addTensor();
  }

  /**
   * {@return the engine's form of a tensor}
   *
   * @param tensor any tensor
   */
  public static TensorImpl of(Tensor tensor) {
    if (tensor instanceof TensorImpl impl) {
      return impl;
    }
    throw new ArgumentException(
        tensor.getClass().getName() + " is no tensor of this engine; make tensors with Tensors");
  }

  /**
   * {@return the same memory in another layout, sharing the version, without history}
   *
   * @param other the layout
   */
  public TensorImpl alias(Layout other) {
    return alias(other, batch);
  }

  /**
   * {@return the same memory in another layout, and over other levels}
   *
   * @param other the layout, of a slice if there are levels
   * @param over the levels, or null for none
   */
  public TensorImpl alias(Layout other, @Nullable Batch over) {
    checkOpen();
    Layout whole = over == null ? other : over.whole(other);
    boolean inside = whole.start() >= 0 && whole.bound() <= storage.elements();
    if (!inside && whole.shape().numel() > 0) {
      throw new ShapeException(
          "setStorage: "
              + other
              + " is out of bounds for storage of "
              + storage.elements()
              + " elements");
    }
    return new TensorImpl(storage, other, version, over);
  }

  /** {@return over which levels this tensor ranges, or null if it is not batched} */
  public @Nullable Batch batch() {
    return batch;
  }

  /** Refuses a batched tensor, where nothing knows how to go over its slices. */
  public void checkUnbatched() {
    if (batch != null) {
      throw UnbatchedException.of("an operator that goes to the memory itself");
    }
  }

  /** Lets this tensor show its elements in another layout. */
  void relayout(Layout other) {
    layout = other;
    operand = other.operand(storage.memory());
  }

  /** {@return the memory} */
  public Storage storage() {
    return storage;
  }

  @Override
  public fluxion.api.Storage untypedStorage() {
    checkUnbatched();
    checkOpen();
    return storage;
  }

  /** {@return where the elements lie} */
  public Layout layout() {
    return layout;
  }

  /** {@return the window onto the memory} */
  public Operand operand() {
    checkUnbatched();
    checkOpen();
    return operand;
  }

  /**
   * {@return the memory, to be read or written}
   *
   * @throws MemoryException if this tensor was closed, or its memory freed
   */
  public Buffer buffer() {
    if (closed) {
      throw new MemoryException(
          "this tensor of shape "
              + shape()
              + " and dtype "
              + dtype()
              + " is used after close(); clone() what is needed later, or close it later");
    }
    return storage.buffer();
  }

  /** Fails if this tensor was closed, or its memory freed. */
  void checkOpen() {
    Buffer unused = buffer();
    assert unused != null : "memory that may be used is there";
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      storage.tensorClosed();
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** {@return this tensor as a graph has saved it: open, and without history} */
  TensorImpl reopened() {
    return new TensorImpl(storage, layout, version, batch);
  }

  /** {@return the counter of writes} */
  public Version versionCounter() {
    return version;
  }

  @Override
  public Shape shape() {
    return layout.shape();
  }

  @Override
  public long[] strides() {
    return layout.strides();
  }

  @Override
  public long storageOffset() {
    return layout.offset();
  }

  @Override
  public DType dtype() {
    return storage.dtype();
  }

  @Override
  public Device device() {
    return storage.device().device();
  }

  @Override
  public boolean isContiguous() {
    return layout.isContiguous();
  }

  @Override
  public long version() {
    return version.count();
  }

  // ---- values

  @Override
  public Scalar scalar() {
    return HostValues.only(this);
  }

  @Override
  public boolean isTrue() {
    return HostValues.isTrue(this);
  }

  @Override
  public float[] toFloatArray() {
    return (float[]) HostValues.array(this, DType.FLOAT32);
  }

  @Override
  public double[] toDoubleArray() {
    return (double[]) HostValues.array(this, DType.FLOAT64);
  }

  @Override
  public long[] toLongArray() {
    return (long[]) HostValues.array(this, DType.INT64);
  }

  @Override
  public boolean[] toBooleanArray() {
    return HostValues.booleans(this);
  }

  @Override
  public Tensor to(Device device) {
    return Intrinsics.to(this, device);
  }

  /** Object has a method of this name, so the inherited one must be named. */
  @Override
  public Tensor clone() {
    return Tensor.super.clone();
  }

  // ---- differentiation

  private AutogradMeta makeMeta() {
    AutogradMeta made = meta;
    if (made == null) {
      made = new AutogradMeta();
      if (!META.compareAndSet(this, null, made)) {
        made = Objects.requireNonNull(meta);
      }
    }
    return made;
  }

  @Override
  public boolean requiresGrad() {
    AutogradMeta m = meta;
    return m != null && (m.requiresGrad || history(m).node() != null);
  }

  @Override
  public boolean isLeaf() {
    return gradFn() == null;
  }

  @Override
  public @Nullable Node gradFn() {
    AutogradMeta m = meta;
    return m == null ? null : history(m).node();
  }

  private TapeEdge history(AutogradMeta m) {
    ViewInfo view = m.view;
    if (view != null && view.historyVersion != version.count()) {
      ViewHistory.refresh(this, m, view);
    }
    return m.history;
  }

  @Override
  public int outputNr() {
    AutogradMeta m = meta;
    return m == null ? 0 : m.history.outputNr();
  }

  /** {@return where this tensor's gradient goes} */
  public TapeEdge gradientEdge() {
    AutogradMeta m = meta;
    if (m == null) {
      return TapeEdge.NONE;
    }
    TapeEdge history = history(m);
    if (history.node() != null || !m.requiresGrad) {
      return history;
    }
    synchronized (m) {
      TapeEdge accumulator = m.accumulator;
      if (accumulator == null) {
        accumulator = new TapeEdge(new AccumulateGrad(this), 0);
        m.accumulator = accumulator;
      }
      return accumulator;
    }
  }

  /**
   * Makes this tensor the output of a node.
   *
   * @param node the node
   * @param outputNr which output
   */
  public void setHistory(Node node, int outputNr) {
    makeMeta().history = new TapeEdge(node, outputNr);
  }

  /**
   * Makes this tensor, which nobody has seen yet, the output of a node.
   *
   * @param node the node
   * @param outputNr which output
   */
  public void startHistory(Node node, int outputNr) {
    AutogradMeta m = new AutogradMeta();
    m.history = new TapeEdge(node, outputNr);
    META.lazySet(this, m);
  }

  /** Makes this tensor, which nobody has seen yet, a view. */
  void startView(ViewInfo view, TapeEdge history) {
    AutogradMeta m = new AutogradMeta();
    m.view = view;
    m.history = history;
    META.lazySet(this, m);
  }

  /** {@return whether this tensor has, or had, a part in differentiation, or is a view} */
  boolean hasMeta() {
    return meta != null;
  }

  @Nullable ViewInfo viewInfo() {
    AutogradMeta m = meta;
    return m == null ? null : m.view;
  }

  @Override
  public boolean isView() {
    return viewInfo() != null;
  }

  @Override
  public @Nullable Tensor grad() {
    Tensor gradient = storedGrad();
    if (gradient != null) {
      MemoryScope.gradientSeen(gradient);
    }
    return gradient;
  }

  /** {@return the gradient, for the engine to look at} */
  @Nullable Tensor storedGrad() {
    AutogradMeta m = meta;
    return m == null ? null : m.grad;
  }

  @Override
  public void setGrad(@Nullable Tensor gradient) {
    if (gradient != null) {
      Gradients.checkAssignable(gradient, this);
    }
    if (gradient != null || meta != null) {
      storeGrad(gradient);
    }
  }

  /** Stores a gradient that is known to fit. */
  void storeGrad(@Nullable Tensor gradient) {
    AutogradMeta m = makeMeta();
    MemoryScope.gradientReplaced(this, m.grad, gradient);
    m.grad = gradient;
  }

  void accumulateRetained(Tensor gradient) {
    AutogradMeta m = makeMeta();
    synchronized (m) {
      Tensor before = m.grad;
      storeGrad(
          before == null ? Gradients.copyOf(gradient, this) : Gradients.add(before, gradient));
    }
  }

  @Override
  public Tensor requiresGrad_(boolean requiresGrad) {
    Gradients.checkFlag(this, requiresGrad);
    if (isLeaf() && (requiresGrad || meta != null)) {
      makeMeta().requiresGrad = requiresGrad;
    }
    return this;
  }

  @Override
  public void retainGrad() {
    if (!requiresGrad()) {
      throw new AutogradException("can't retain_grad on Tensor that has requires_grad=False");
    }
    Node node = gradFn();
    AutogradMeta m = makeMeta();
    if (node != null && !m.retainsGrad) {
      m.retainsGrad = true;
      node.retainGrad(m.history.outputNr(), this);
    }
  }

  @Override
  public Tensor detach() {
    return alias(layout);
  }

  @Override
  public Tensor detach_() {
    ViewHistory.checkDetach(this);
    AutogradMeta m = meta;
    if (m != null) {
      m.history = TapeEdge.NONE;
      m.requiresGrad = false;
    }
    return this;
  }

  @Override
  public Tensor data() {
    checkOpen();
    return new TensorImpl(storage, layout, new Version(), batch);
  }

  @Override
  public void setData(Tensor data) {
    TensorImpl from = of(data);
    ViewHistory.checkNewData(this, from);
    storage = from.storage;
    storage.addTensor();
    version = version.next("set_data");
    relayout(from.layout);
  }

  @Override
  public Hook registerHook(UnaryOperator<@Nullable Tensor> hook) {
    return NodeHooks.register(this, hook);
  }

  @Override
  public String toString() {
    return batch == null ? HostValues.print(this) : Vmap.print(this);
  }
}
