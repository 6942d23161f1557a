package fluxion.nn.checkpoint;

import fluxion.api.ArgumentException;
import fluxion.api.FormatException;
import fluxion.api.Tensor;
import fluxion.nn.checkpoint.file.MappedFile;
import fluxion.nn.checkpoint.file.Refusal;
import fluxion.nn.checkpoint.npy.NpyReader;
import fluxion.nn.checkpoint.pth.PthReader;
import fluxion.nn.checkpoint.safetensors.Header;
import fluxion.nn.checkpoint.zip.ZipReader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tensors by name, in files of any format.
 *
 * {@snippet :
 * Map<String, Tensor> weights = Checkpoints.load(Path.of("resnet18.pth"));
 * Checkpoints.save(weights, Path.of("resnet18.safetensors"));
 * }
 */
public final class Checkpoints {
  private static final int MOST_NAMES = 1 << 18;
  private static final int DEEPEST = 200;
  private static final int LONGEST_NAME = 10_000;
  private static final int SHOWN = 8;

  private Checkpoints() {}

  /**
   * {@return the tensors of a file by name, in the file's order}
   *
   * <p>The format follows from the content, not from the name: PyTorch's two, safetensors, {@code
   * .npy} and {@code .npz}. Names of nested values are joined as by {@link #tensors(Object)};
   * values that are no tensors are left out, for which see {@link PyTorch#load}. The tensors of a
   * safetensors file are copied whenever they are asked for, those of other formats are there.
   *
   * @param path the file
   * @throws IOException if it is not there or cannot be read
   * @throws FormatException if it is of no known format, damaged, or holds what is not read
   */
  public static Map<String, Tensor> load(Path path) throws IOException {
    String source = path.toString();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment file = MappedFile.map(path, arena);
      // a safetensors file begins with a length, of which the first byte may be any
      boolean other = file.byteSize() > 0 && !Header.isLikely(file);
      int first = other ? file.get(ValueLayout.JAVA_BYTE, 0) & 0xff : -1;
      if (first == 'P') {
        ZipReader archive = ZipReader.of(file, source);
        return PthReader.isCheckpoint(archive)
            ? tensors(PthReader.readArchive(archive, source), source)
            : NpyReader.readArchive(archive, source);
      }
      if (first == 0x93) {
        return tensors(NpyReader.read(file, source), source);
      }
      if (first == 0x80) {
        return tensors(PthReader.read(file, source), source);
      }
    }
    return SafeTensors.open(path).tensors();
  }

  /**
   * {@return the tensors in a value of {@link PyTorch#load}, by name}
   *
   * <p>A name is made of the keys and indices that lead to the tensor, with dots between: {@code
   * optimizer.state.0.exp_avg}. That of a tensor that is the value itself is empty. A tensor that
   * stands in several places has several names.
   *
   * @param value the value, or a part of it
   * @throws FormatException if two tensors would have the same name, or there are more than 262,144
   *     names
   */
  public static Map<String, Tensor> tensors(@Nullable Object value) {
    return tensors(value, "checkpoint");
  }

  private static Map<String, Tensor> tensors(@Nullable Object value, String source) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    new Names(tensors, source).add("", value, 0);
    return tensors;
  }

  /** Finds names. What holds no tensors is gone through once, however often it is referred to. */
  private static final class Names {
    private final Map<String, Tensor> tensors;
    private final String source;
    private final IdentityHashMap<Object, Boolean> fruitless = new IdentityHashMap<>();
    private int visited;

    Names(Map<String, Tensor> tensors, String source) {
      this.tensors = tensors;
      this.source = source;
    }

    void add(String name, @Nullable Object value, int depth) {
      if (value instanceof Tensor tensor) {
        if (tensors.put(name, tensor) != null) {
          throw Refusal.of(source, "two tensors would be called " + name);
        }
      } else if (value instanceof Map<?, ?> || value instanceof List<?>) {
        addParts(name, value, depth + 1);
      }
    }

    private void addParts(String name, Object parts, int depth) {
      if (fruitless.containsKey(parts)) {
        return;
      }
      if (depth > DEEPEST || name.length() > LONGEST_NAME) {
        throw Refusal.of(
            source,
            "values are nested deeper than " + DEEPEST + ", or names longer than " + LONGEST_NAME);
      }
      if (++visited > MOST_NAMES || tensors.size() > MOST_NAMES) {
        throw Refusal.of(source, "the value has more than " + MOST_NAMES + " names of tensors");
      }
      int before = tensors.size();
      String prefix = name.isEmpty() ? "" : name + ".";
      if (parts instanceof Map<?, ?> map) {
        map.forEach((key, item) -> add(prefix + key, item, depth));
      } else if (parts instanceof List<?> list) {
        for (int i = 0; i < list.size(); i++) {
          add(prefix + i, list.get(i), depth);
        }
      }
      if (tensors.size() == before) {
        fruitless.put(parts, true);
      }
    }
  }

  /**
   * Writes tensors in the format that the file's name ends in: {@code .pth}, {@code .pt} or {@code
   * .bin}, {@code .safetensors}, {@code .npz}, or, for one tensor, {@code .npy}. For PyTorch they
   * are an ordered dict, as a state dict is.
   *
   * @param tensors the tensors by name
   * @param path the file, which is replaced when the new one is whole
   * @throws IOException if it cannot be written
   * @throws ArgumentException if the name has another ending, or the format cannot hold the tensors
   */
  public static void save(Map<String, Tensor> tensors, Path path) throws IOException {
    String name = String.valueOf(path.getFileName());
    switch (name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
      case "pth", "pt", "bin" -> PyTorch.save(new OrderedDict(tensors), path);
      case "safetensors" -> SafeTensors.save(tensors, path);
      case "npz" -> NumPy.saveArchive(tensors, path);
      case "npy" -> {
        if (tensors.size() != 1) {
          throw new ArgumentException(
              "an .npy file holds one array, not " + tensors.size() + "; write an .npz file");
        }
        NumPy.save(tensors.values().iterator().next(), path);
      }
      default ->
          throw new ArgumentException(
              "the format of "
                  + path
                  + " is not known by its name; known are .pth .pt .bin .safetensors .npz .npy");
    }
  }

  /** The first of some names, for messages. */
  static String some(Collection<String> names) {
    List<String> shown = new ArrayList<>(names.stream().limit(SHOWN).toList());
    if (names.size() > SHOWN) {
      shown.add("… (" + names.size() + ")");
    }
    return shown.isEmpty() ? "none" : String.join(", ", shown);
  }
}
