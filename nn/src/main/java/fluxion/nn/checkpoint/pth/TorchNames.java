package fluxion.nn.checkpoint.pth;

import fluxion.api.DType;
import fluxion.nn.checkpoint.OrderedDict;
import fluxion.nn.checkpoint.Tuple;
import fluxion.nn.checkpoint.pickle.Constructors;
import fluxion.nn.checkpoint.pickle.Global;
import fluxion.nn.checkpoint.pickle.Unpickler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that checkpoints of tensors have, and what stands for them. Nothing else is known. */
final class TorchNames implements Constructors {
  static final Global ORDERED_DICT = new Global("collections", "OrderedDict");
  static final Global REBUILD_TENSOR = new Global("torch._utils", "_rebuild_tensor_v2");
  static final Global REBUILD_PARAMETER = new Global("torch._utils", "_rebuild_parameter");

  private static final Global COUNTER = new Global("collections", "Counter");
  private static final Global SIZE = new Global("torch", "Size");
  private static final Global DEVICE = new Global("torch", "device");
  private static final Global OLD_TENSOR = new Global("torch._utils", "_rebuild_tensor");
  private static final Global TYPED_TENSOR = new Global("torch._utils", "_rebuild_tensor_v3");
  private static final Global UNTYPED = new Global("torch.storage", "UntypedStorage");

  private static final Set<Global> CALLED =
      Set.of(
          ORDERED_DICT,
          REBUILD_TENSOR,
          REBUILD_PARAMETER,
          COUNTER,
          SIZE,
          DEVICE,
          OLD_TENSOR,
          TYPED_TENSOR);

  /** Storages of elements that PyTorch has and Fluxion has not: refused with the tensor's name. */
  private static final Set<String> FOREIGN_STORAGES =
      Set.of(
          "ComplexFloatStorage",
          "ComplexDoubleStorage",
          "QInt8Storage",
          "QUInt8Storage",
          "QInt32Storage",
          "QUInt4x2Storage",
          "QUInt2x4Storage");

  private static final Set<String> FOREIGN_DTYPES =
      Set.of(
          "complex32",
          "complex64",
          "complex128",
          "uint16",
          "uint32",
          "uint64",
          "float8_e4m3fn",
          "float8_e5m2",
          "float8_e4m3fnuz",
          "float8_e5m2fnuz",
          "float8_e8m0fnu",
          "float4_e2m1fn_x2");

  private final Map<String, StorageRef> storages = new HashMap<>();

  /** The storage type of a dtype. */
  static Global storageOf(DType dtype) {
    return new Global("torch", dtype.typeName() + "Storage");
  }

  /** The dtype that is called so, or null. */
  static @Nullable DType dtype(Global global) {
    if (global.module().equals("torch")) {
      for (DType dtype : DType.values()) {
        if (dtype.shortName().equals(global.name())) {
          return dtype;
        }
      }
    }
    return null;
  }

  private static @Nullable DType elementsOf(Global storage) {
    for (DType dtype : DType.values()) {
      if (storageOf(dtype).equals(storage)) {
        return dtype;
      }
    }
    return null;
  }

  /** The storage of a key that occurred, or null. */
  @Nullable StorageRef storage(String key) {
    return storages.get(key);
  }

  private static boolean isStorage(Global global) {
    return elementsOf(global) != null
        || global.equals(UNTYPED)
        || (global.module().equals("torch") && FOREIGN_STORAGES.contains(global.name()));
  }

  private static boolean isDType(Global global) {
    return dtype(global) != null
        || (global.module().equals("torch") && FOREIGN_DTYPES.contains(global.name()));
  }

  @Override
  public boolean allows(Global global) {
    return CALLED.contains(global) || isStorage(global) || isDType(global);
  }

  @Override
  public Object make(Global global, Tuple arguments) {
    if (global.equals(REBUILD_TENSOR) && (arguments.size() == 6 || arguments.size() == 7)) {
      checkHooks(arguments.get(5));
      return tensor(arguments, null, arguments.get(4));
    }
    if (global.equals(TYPED_TENSOR) && (arguments.size() == 7 || arguments.size() == 8)) {
      checkHooks(arguments.get(5));
      return tensor(arguments, arguments.get(6), arguments.get(4));
    }
    if (global.equals(OLD_TENSOR) && arguments.size() == 4) {
      return tensor(arguments, null, false);
    }
    if (global.equals(REBUILD_PARAMETER)
        && arguments.size() == 3
        && arguments.get(0) instanceof TensorRef data
        && arguments.get(1) instanceof Boolean requiresGrad) {
      checkHooks(arguments.get(2));
      return data.with(requiresGrad);
    }
    if (global.equals(ORDERED_DICT) && arguments.size() <= 1) {
      return orderedDict(arguments);
    }
    if (global.equals(COUNTER)
        && arguments.size() == 1
        && arguments.get(0) instanceof Map<?, ?> counts) {
      return new LinkedHashMap<@Nullable Object, @Nullable Object>(counts);
    }
    if (global.equals(SIZE) && arguments.size() == 1 && arguments.get(0) instanceof Tuple sizes) {
      return sizes;
    }
    if (global.equals(DEVICE)) {
      return device(arguments);
    }
    throw new IllegalArgumentException(
        "a call of "
            + global
            + " with "
            + arguments.stream().map(Unpickler::kind).limit(10).toList()
            + ", which it does not take");
  }

  private static void checkHooks(@Nullable Object hooks) {
    if (!(hooks == null || (hooks instanceof Map<?, ?> map && map.isEmpty()))) {
      throw new IllegalArgumentException("a tensor has hooks, " + Unpickler.kind(hooks));
    }
  }

  /** Python 2 wrote the entries as an argument. */
  private static OrderedDict orderedDict(Tuple arguments) {
    OrderedDict dict = new OrderedDict();
    if (!arguments.isEmpty()) {
      List<@Nullable Object> items = new ArrayList<>();
      if (!(arguments.get(0) instanceof List<?> pairs)) {
        throw new IllegalArgumentException(
            "an ordered dict is made of " + Unpickler.kind(arguments.get(0)));
      }
      for (Object pair : pairs) {
        if (!(pair instanceof List<?> two) || two.size() != 2) {
          throw new IllegalArgumentException("an ordered dict's entry is " + Unpickler.kind(pair));
        }
        items.addAll(two);
      }
      Unpickler.put(dict, items.toArray());
    }
    return dict;
  }

  private static String device(Tuple arguments) {
    if (arguments.size() == 1 && arguments.get(0) instanceof String type) {
      return type;
    }
    if (arguments.size() == 2
        && arguments.get(0) instanceof String type
        && arguments.get(1) instanceof Long index) {
      return type + ":" + index;
    }
    throw new IllegalArgumentException("a torch.device that is not a name and an index");
  }

  private static TensorRef tensor(
      Tuple arguments, @Nullable Object dtype, @Nullable Object requiresGrad) {
    if (arguments.get(0) instanceof StorageRef storage
        && arguments.get(1) instanceof Long offset
        && requiresGrad instanceof Boolean gradient) {
      String type = storage.type();
      if (dtype != null) {
        if (!(dtype instanceof Global named) || !isDType(named)) {
          throw new IllegalArgumentException("a tensor's dtype is " + Unpickler.kind(dtype));
        }
        type = named.toString();
      }
      return new TensorRef(
          storage,
          type,
          offset,
          integers("sizes", arguments.get(2)),
          integers("strides", arguments.get(3)),
          gradient);
    }
    throw new IllegalArgumentException(
        "a tensor is made of %s, %s and %s; expected a storage, an offset and a truth value"
            .formatted(
                Unpickler.kind(arguments.get(0)),
                Unpickler.kind(arguments.get(1)),
                Unpickler.kind(requiresGrad)));
  }

  private static long[] integers(String what, @Nullable Object value) {
    if (value instanceof Tuple tuple && tuple.size() <= 64) {
      long[] integers = new long[tuple.size()];
      for (int i = 0; i < integers.length; i++) {
        if (!(tuple.get(i) instanceof Long integer)) {
          throw new IllegalArgumentException(
              "a tensor's " + what + " hold " + Unpickler.kind(tuple.get(i)));
        }
        integers[i] = integer;
      }
      return integers;
    }
    throw new IllegalArgumentException(
        "a tensor's " + what + " are " + Unpickler.kind(value) + "; expected at most 64 integers");
  }

  @Override
  public Object outside(@Nullable Object id) {
    if (!(id instanceof Tuple tuple) || tuple.isEmpty()) {
      throw new IllegalArgumentException("what stands outside is called " + Unpickler.kind(id));
    }
    if ("module".equals(tuple.get(0))) {
      throw new IllegalArgumentException(
          "a whole module was saved, not its parameters; save its state_dict()");
    }
    // the older format has one element more, for storages that are parts of others
    boolean whole = tuple.size() == 5 || (tuple.size() == 6 && tuple.get(5) == null);
    if (whole
        && "storage".equals(tuple.get(0))
        && tuple.get(1) instanceof Global type
        && isStorage(type)
        && tuple.get(2) instanceof String key
        && tuple.get(3) instanceof String
        && tuple.get(4) instanceof Long elements
        && elements >= 0) {
      DType dtype = elementsOf(type);
      String named = dtype == null ? type.toString() : dtype.toString();
      StorageRef made = new StorageRef(key, named, dtype, elements);
      StorageRef known = storages.putIfAbsent(key, made);
      if (known != null && !known.equals(made)) {
        throw new IllegalArgumentException(
            "storage %s has %d elements %s here, and %d elements %s elsewhere"
                .formatted(key, elements, named, known.elements(), known.type()));
      }
      return known == null ? made : known;
    }
    throw new IllegalArgumentException(
        "a storage is described by "
            + tuple.stream().map(Unpickler::kind).limit(10).toList()
            + "; expected 'storage', its type, its key, its device and its size");
  }
}
