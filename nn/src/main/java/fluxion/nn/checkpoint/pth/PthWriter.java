package fluxion.nn.checkpoint.pth;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Storage;
import fluxion.api.Tensor;
import fluxion.nn.checkpoint.OrderedDict;
import fluxion.nn.checkpoint.Parameter;
import fluxion.nn.checkpoint.Tuple;
import fluxion.nn.checkpoint.file.Elements;
import fluxion.nn.checkpoint.file.NewFile;
import fluxion.nn.checkpoint.pickle.Global;
import fluxion.nn.checkpoint.pickle.Pickler;
import fluxion.nn.checkpoint.zip.ZipWriter;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the archive that {@code torch.save} of PyTorch 1.13 writes, opcode for opcode: storages
 * are written whole and once, and tensors as views of them.
 */
public final class PthWriter {
  /** Deeper than what is read. */
  private static final int DEEPEST = 250;

  private final Pickler pickle = new Pickler();
  private final IdentityHashMap<Storage, String> keys = new IdentityHashMap<>();
  private final TreeMap<String, Storage> storages = new TreeMap<>();

  /** What is being written, down to the value at hand. */
  private final IdentityHashMap<Object, Boolean> open = new IdentityHashMap<>();

  /** These texts of PyTorch's are one object each, and so are not the program's own. */
  private final String storageWord = new String("storage");

  private final String cpuWord = new String("cpu");

  private PthWriter() {}

  /**
   * Writes a value.
   *
   * @param value the value
   * @param path the file
   * @throws IOException if it cannot be written
   */
  public static void write(@Nullable Object value, Path path) throws IOException {
    PthWriter writer = new PthWriter();
    writer.save(value, 0);
    byte[] data = writer.pickle.end();
    String folder = folder(path);
    NewFile.write(
        path,
        out -> {
          ZipWriter zip = new ZipWriter(out);
          zip.add(folder + "data.pkl", data.length, entry -> entry.write(data));
          for (Map.Entry<String, Storage> entry : writer.storages.entrySet()) {
            Storage storage = entry.getValue();
            zip.add(
                folder + "data/" + entry.getKey(),
                storage.elements() * storage.dtype().bytes(),
                content -> Elements.write(storage, 0, storage.elements(), content));
          }
          byte[] version = "3\n".getBytes(StandardCharsets.US_ASCII);
          zip.add(folder + "version", version.length, entry -> entry.write(version));
          zip.finish();
        });
  }

  /** The folder in the archive: the file's name without its last ending. */
  private static String folder(Path path) {
    String name = String.valueOf(path.getFileName());
    int dot = name.lastIndexOf('.');
    String stem = dot < 0 ? name : name.substring(0, dot);
    if (stem.isEmpty()) {
      throw new ArgumentException("a file called '" + name + "' cannot name the archive in it");
    }
    return stem + "/";
  }

  private void save(@Nullable Object value, int depth) {
    if (depth > DEEPEST) {
      throw new ArgumentException("values for a checkpoint are nested deeper than " + DEEPEST);
    }
    switch (value) {
      case null -> pickle.none();
      case Boolean truth -> pickle.truth(truth);
      case Long number -> pickle.integer(number);
      case Integer number -> pickle.integer(number);
      case Short number -> pickle.integer(number);
      case Byte number -> pickle.integer(number);
      case BigInteger number -> pickle.integer(number);
      case Double number -> pickle.floating(number);
      case Float number -> pickle.floating(number);
      case String text -> text(text);
      case DType dtype -> pickle.global(new Global("torch", dtype.shortName()));
      case Tensor tensor -> tensor(tensor, tensor, tensor.requiresGrad());
      case Parameter parameter -> parameter(parameter);
      case List<?> _, Map<?, ?> _ -> container(value, depth);
      default ->
          throw new ArgumentException(
              "a checkpoint cannot hold a "
                  + value.getClass().getName()
                  + "; it holds tensors, numbers, truth values, texts, dtypes, lists, tuples, maps"
                  + " and null");
    }
  }

  private void container(Object value, int depth) {
    if (open.put(value, true) != null) {
      throw new ArgumentException("a value for a checkpoint holds itself");
    }
    switch (value) {
      case Tuple tuple -> tuple(tuple, depth);
      case List<?> list -> list(list, depth);
      case OrderedDict dict -> orderedDict(dict, depth);
      case Map<?, ?> map -> dict(map, depth);
      default -> throw new IllegalArgumentException(value.getClass().getName());
    }
    open.remove(value);
  }

  private void text(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new ArgumentException("a text for a checkpoint has half of a surrogate pair alone");
    }
    pickle.text(text);
  }

  private void tuple(Tuple tuple, int depth) {
    if (pickle.again(tuple)) {
      return;
    }
    if (tuple.size() > 3) {
      pickle.mark();
    }
    for (Object item : tuple) {
      save(item, depth + 1);
    }
    pickle.tuple(tuple.size());
    if (!tuple.isEmpty()) {
      pickle.remember(tuple);
    }
  }

  private void list(List<?> list, int depth) {
    if (pickle.again(list)) {
      return;
    }
    pickle.emptyList();
    pickle.remember(list);
    if (list.size() == 1) {
      save(list.getFirst(), depth + 1);
      pickle.append(false);
      return;
    }
    for (int from = 0; from < list.size(); from += Pickler.BATCH) {
      pickle.mark();
      for (Object item : list.subList(from, Math.min(list.size(), from + Pickler.BATCH))) {
        save(item, depth + 1);
      }
      pickle.append(true);
    }
  }

  private static void checkKey(@Nullable Object key) {
    if (!(key == null
        || key instanceof String
        || key instanceof Number
        || key instanceof Boolean)) {
      throw new ArgumentException(
          "a map for a checkpoint has a key of "
              + key.getClass().getName()
              + "; texts, numbers, truth values and null are written");
    }
  }

  private void entry(Map.Entry<?, ?> entry, int depth) {
    checkKey(entry.getKey());
    save(entry.getKey(), depth + 1);
    save(entry.getValue(), depth + 1);
  }

  /** As CPython does: behind 1,000 entries it starts a batch even if nothing follows. */
  private void dict(Map<?, ?> map, int depth) {
    if (pickle.again(map)) {
      return;
    }
    pickle.emptyDict();
    pickle.remember(map);
    Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
    if (map.size() == 1) {
      entry(entries.next(), depth);
      pickle.set(false);
      return;
    }
    boolean more = !map.isEmpty();
    while (more) {
      pickle.mark();
      int count = 0;
      while (count < Pickler.BATCH && entries.hasNext()) {
        entry(entries.next(), depth);
        count++;
      }
      pickle.set(true);
      more = count == Pickler.BATCH;
    }
  }

  /** Entries come from an iterator, so a last one alone goes without a mark. */
  private void orderedDict(OrderedDict dict, int depth) {
    if (pickle.again(dict)) {
      return;
    }
    emptyOrderedDict(dict);
    List<Map.Entry<?, ?>> entries = new ArrayList<>(dict.entrySet());
    for (int from = 0; from < entries.size(); from += Pickler.BATCH) {
      List<Map.Entry<?, ?>> batch =
          entries.subList(from, Math.min(entries.size(), from + Pickler.BATCH));
      boolean several = batch.size() > 1;
      if (several) {
        pickle.mark();
      }
      for (Map.Entry<?, ?> entry : batch) {
        entry(entry, depth);
      }
      pickle.set(several);
    }
    if (!dict.attributes().isEmpty()) {
      dict(dict.attributes(), depth + 1);
      pickle.build();
    }
  }

  private void emptyOrderedDict(@Nullable Object object) {
    pickle.global(TorchNames.ORDERED_DICT);
    pickle.tuple(0);
    pickle.reduce();
    pickle.remember(object);
  }

  private void parameter(Parameter parameter) {
    if (pickle.again(parameter)) {
      return;
    }
    pickle.global(TorchNames.REBUILD_PARAMETER);
    tensor(new Object(), parameter.tensor(), false);
    pickle.truth(true);
    emptyOrderedDict(null);
    pickle.tuple(3);
    pickle.remember(null);
    pickle.reduce();
    pickle.remember(parameter);
  }

  private void tensor(Object identity, Tensor tensor, boolean requiresGrad) {
    if (pickle.again(identity)) {
      return;
    }
    pickle.global(TorchNames.REBUILD_TENSOR);
    pickle.mark();
    storage(tensor.untypedStorage());
    pickle.integer(tensor.storageOffset());
    pickle.integers(tensor.shape().toArray());
    pickle.integers(tensor.strides());
    pickle.truth(requiresGrad);
    emptyOrderedDict(null);
    pickle.tuple(6);
    pickle.remember(null);
    pickle.reduce();
    pickle.remember(identity);
  }

  private void storage(Storage storage) {
    String key = keys.get(storage);
    if (key == null) {
      key = Integer.toString(keys.size());
      keys.put(storage, key);
      storages.put(key, storage);
    }
    pickle.mark();
    pickle.text(storageWord);
    pickle.global(TorchNames.storageOf(storage.dtype()));
    pickle.text(key);
    pickle.text(cpuWord);
    pickle.integer(storage.elements());
    pickle.tuple(5);
    pickle.remember(null);
    pickle.outside();
  }
}
