package fluxion.nn.checkpoint.pth;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.FormatException;
import fluxion.api.Ops;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.nn.checkpoint.OrderedDict;
import fluxion.nn.checkpoint.Tuple;
import fluxion.nn.checkpoint.file.Refusal;
import fluxion.nn.checkpoint.pickle.Global;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts tensors in the place of their descriptions, in a value that a pickle gave. All descriptions
 * are checked before the first tensor is made.
 */
final class Assembly {
  private static final int DEEPEST = 200;

  /** What a storage holds. */
  interface Contents {
    /** {@return the storage's elements, little-endian; without any check of how many} */
    MemorySegment of(StorageRef storage, DType dtype);
  }

  private final String source;
  private final @Nullable Object root;
  private final IdentityHashMap<TensorRef, Place> places = new IdentityHashMap<>();
  private final Map<StorageRef, List<TensorRef>> views = new LinkedHashMap<>();

  /** Containers that were gone through, and whether that is over. */
  private final IdentityHashMap<Object, Boolean> seen = new IdentityHashMap<>();

  private final IdentityHashMap<Object, Object> made = new IdentityHashMap<>();

  /**
   * Goes through a value and checks the tensors that it describes.
   *
   * @param root what a pickle gave
   * @param source the file, for messages
   */
  Assembly(@Nullable Object root, String source) {
    this.root = root;
    this.source = source;
    collect(root, Place.ROOT);
  }

  private FormatException error(Place place, String what) {
    return Refusal.of(source, place + ": " + what);
  }

  private void collect(@Nullable Object value, Place place) {
    switch (value) {
      case null -> {}
      case TensorRef tensor -> collectTensor(tensor, place);
      case Global global -> {
        if (TorchNames.dtype(global) == null) {
          throw error(place, "the name " + global + " stands where a value is to be");
        }
      }
      case StorageRef storage ->
          throw error(place, "storage " + storage.key() + " stands where a tensor is to be");
      case List<?> _, Map<?, ?> _ -> collectContainer(value, place);
      default -> {}
    }
  }

  private void collectContainer(Object value, Place place) {
    if (place.depth() > DEEPEST) {
      throw Refusal.of(source, "values are nested deeper than " + DEEPEST);
    }
    Boolean over = seen.put(value, false);
    if (over != null && !over) {
      throw error(place, "a value holds itself");
    }
    if (over == null) {
      if (value instanceof List<?> list) {
        for (int i = 0; i < list.size(); i++) {
          collect(list.get(i), place.inner(i));
        }
      } else if (value instanceof Map<?, ?> map) {
        map.forEach((key, item) -> collect(item, place.inner(key)));
        if (value instanceof OrderedDict dict) {
          dict.attributes().forEach((key, item) -> collect(item, place.inner(key)));
        }
      }
    }
    seen.put(value, true);
  }

  private void collectTensor(TensorRef tensor, Place place) {
    if (places.putIfAbsent(tensor, place) == null) {
      check(tensor, place);
      views.computeIfAbsent(tensor.storage, storage -> new ArrayList<>()).add(tensor);
    }
  }

  private void check(TensorRef tensor, Place place) {
    StorageRef storage = tensor.storage;
    DType dtype = storage.dtype();
    if (dtype == null || !tensor.type.equals(storage.type())) {
      throw error(place, "a tensor of " + tensor.type + ", which Fluxion does not have");
    }
    if (tensor.requiresGrad && !dtype.isFloatingPoint()) {
      throw error(place, "a tensor of " + dtype + " cannot require a gradient");
    }
    if (tensor.sizes.length != tensor.strides.length) {
      throw error(
          place,
          "a tensor has %d sizes, but %d strides"
              .formatted(tensor.sizes.length, tensor.strides.length));
    }
    long last = tensor.offset;
    boolean fits = last >= 0 && last <= storage.elements();
    try {
      boolean any = Shape.of(tensor.sizes).numel() > 0;
      for (int d = 0; d < tensor.sizes.length; d++) {
        fits &= tensor.strides[d] >= 0;
        if (any) {
          last = Math.addExact(last, Math.multiplyExact(tensor.sizes[d] - 1, tensor.strides[d]));
        }
      }
      fits &= !any || last < storage.elements();
    } catch (ShapeException e) {
      throw Refusal.of(source, place + ": " + e.getMessage(), e);
    } catch (ArithmeticException e) {
      fits = false;
    }
    if (!fits) {
      throw error(
          place,
          "a tensor of sizes %s, strides %s and offset %d does not fit its storage of %d elements"
              .formatted(
                  Arrays.toString(tensor.sizes),
                  Arrays.toString(tensor.strides),
                  tensor.offset,
                  storage.elements()));
    }
  }

  /**
   * {@return the value, with tensors}
   *
   * @param contents gives the storages' elements
   */
  @Nullable Object finish(Contents contents) {
    views.forEach((storage, tensors) -> make(storage, tensors, contents));
    return replaced(root);
  }

  private void make(StorageRef storage, List<TensorRef> tensors, Contents contents) {
    DType dtype = Objects.requireNonNull(storage.dtype());
    TensorRef first = tensors.getFirst();
    Place place = Objects.requireNonNull(places.get(first));
    MemorySegment bytes = contents.of(storage, dtype);
    long size = bytes.byteSize();
    if (size % dtype.bytes() != 0 || size / dtype.bytes() != storage.elements()) {
      throw error(
          place,
          "storage %s is to have %d elements of %s, but has %d bytes"
              .formatted(storage.key(), storage.elements(), dtype, size));
    }
    TensorOptions options = TensorOptions.of(dtype);
    try {
      if (tensors.size() == 1 && isWhole(first)) {
        Tensor tensor = Tensors.fromBytes(bytes, Shape.of(first.sizes), options);
        made.put(first, tensor.requiresGrad_(first.requiresGrad));
        return;
      }
      Tensor memory = Tensors.fromBytes(bytes, Shape.of(storage.elements()), options);
      for (TensorRef tensor : tensors) {
        made.put(tensor, view(memory, tensor).requiresGrad_(tensor.requiresGrad));
      }
    } catch (ArgumentException e) {
      throw Refusal.of(source, place + ": " + e.getMessage(), e);
    }
  }

  private static Tensor view(Tensor memory, TensorRef tensor) {
    // views that are made while recording is off cannot be written to
    try (var _ = Autograd.enableGrad()) {
      return Ops.call("as_strided", memory, tensor.sizes, tensor.strides, tensor.offset).detach();
    }
  }

  private static boolean isWhole(TensorRef tensor) {
    Shape shape = Shape.of(tensor.sizes);
    return tensor.offset == 0
        && shape.numel() == tensor.storage.elements()
        && Arrays.equals(shape.contiguousStrides(), tensor.strides);
  }

  /** The value with tensors. Lists and dicts, which nobody else has seen, are changed in place. */
  private @Nullable Object replaced(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case TensorRef _ -> Objects.requireNonNull(made.get(value));
      case Global global -> TorchNames.dtype(global);
      case Tuple tuple -> {
        Object known = made.get(tuple);
        if (known == null) {
          known = Tuple.of(tuple.stream().map(this::replaced).toArray());
          made.put(tuple, known);
        }
        yield known;
      }
      case ArrayList<?> list -> {
        replaceIn(list);
        yield list;
      }
      case LinkedHashMap<?, ?> map -> {
        replaceIn(map);
        yield map;
      }
      default -> value;
    };
  }

  @SuppressWarnings("unchecked") // the lists of the machine, which take anything
  private void replaceIn(List<?> list) {
    if (made.put(list, list) == null) {
      ((List<@Nullable Object>) list).replaceAll(this::replaced);
    }
  }

  @SuppressWarnings("unchecked") // the maps of the machine, which take anything
  private void replaceIn(Map<?, ?> map) {
    if (made.put(map, map) == null) {
      ((Map<@Nullable Object, @Nullable Object>) map).replaceAll((key, value) -> replaced(value));
      if (map instanceof OrderedDict dict) {
        dict.attributes().replaceAll((key, value) -> replaced(value));
      }
    }
  }
}
