package fluxion.nn.checkpoint;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.FormatException;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.nn.checkpoint.file.Elements;
import fluxion.nn.checkpoint.file.MappedFile;
import fluxion.nn.checkpoint.file.NewFile;
import fluxion.nn.checkpoint.file.Refusal;
import fluxion.nn.checkpoint.safetensors.Header;
import fluxion.nn.checkpoint.safetensors.TensorInfo;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of tensors in the <a href="https://github.com/huggingface/safetensors">safetensors</a>
 * format.
 *
 * <p>Opening one reads its header and checks it. The tensors stay where they are: the file is
 * mapped, and a tensor is copied out of it when it is asked for, each time anew, so that a file may
 * be larger than the heap. The mapping lasts until nothing refers to it. The file must not be
 * written to meanwhile; {@link #save} does not, it puts a new one in its place.
 *
 * {@snippet :
 * SafeTensors file = SafeTensors.open(Path.of("model.safetensors"));
 * Tensor embedding = file.tensor("wte.weight");
 * }
 *
 * <p>Safe for use by several threads.
 */
public final class SafeTensors {
  private final MemorySegment bytes;
  private final String source;
  private final Header header;

  private SafeTensors(MemorySegment bytes, String source) {
    this.bytes = bytes;
    this.source = source;
    this.header = Header.read(bytes, source);
  }

  /**
   * {@return a file, of which the header has been read}
   *
   * @param path the file
   * @throws IOException if it is not there or cannot be read
   * @throws FormatException if the header breaks a rule of the format, the tensors do not fill the
   *     file exactly, or one has a dtype that Fluxion lacks
   */
  public static SafeTensors open(Path path) throws IOException {
    return of(MappedFile.map(path, Arena.ofAuto()), path.toString());
  }

  /**
   * {@return tensors that stand in memory as they would in a file}
   *
   * @param bytes what would be in the file
   * @param source what it is called in messages
   * @throws FormatException as {@link #open} does
   */
  public static SafeTensors of(MemorySegment bytes, String source) {
    return new SafeTensors(bytes, source);
  }

  /** {@return the tensors' names, in the order of the header} */
  public Set<String> names() {
    return Collections.unmodifiableSet(header.tensors().keySet());
  }

  /** {@return the texts about the file that its header holds} */
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(header.metadata());
  }

  private TensorInfo info(String name) {
    TensorInfo info = header.tensors().get(name);
    if (info == null) {
      throw new ArgumentException(
          source + " has no tensor " + name + "; it has " + Checkpoints.some(names()));
    }
    return info;
  }

  /**
   * {@return a tensor's shape, without reading the tensor}
   *
   * @param name its name
   * @throws ArgumentException if there is no such tensor
   */
  public Shape shape(String name) {
    return info(name).shape();
  }

  /**
   * {@return a tensor's dtype, without reading the tensor}
   *
   * @param name its name
   * @throws ArgumentException if there is no such tensor
   */
  public DType dtype(String name) {
    return info(name).dtype();
  }

  /**
   * {@return a tensor, copied from the file}
   *
   * @param name its name
   * @throws ArgumentException if there is no such tensor
   * @throws FormatException if a truth value in it is neither 0 nor 1
   */
  public Tensor tensor(String name) {
    return read(info(name));
  }

  private Tensor read(TensorInfo info) {
    MemorySegment at = bytes.asSlice(header.size() + info.begin(), info.end() - info.begin());
    try {
      return Tensors.fromBytes(at, info.shape(), TensorOptions.of(info.dtype()));
    } catch (ArgumentException e) {
      throw Refusal.of(source, "tensor " + info.name() + ": " + e.getMessage(), e);
    }
  }

  /**
   * {@return the tensors by name, in the order of the header; each is copied from the file whenever
   * it is asked for}
   */
  public Map<String, Tensor> tensors() {
    return new View();
  }

  /** The tensors as a map that holds none of them. */
  private final class View extends AbstractMap<String, Tensor> {
    @Override
    public @Nullable Tensor get(@Nullable Object name) {
      TensorInfo info = name instanceof String ? header.tensors().get(name) : null;
      return info == null ? null : read(info);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
      return header.tensors().containsKey(name);
    }

    @Override
    public Set<String> keySet() {
      return names();
    }

    @Override
    public Set<Map.Entry<String, Tensor>> entrySet() {
      return new AbstractSet<>() {
        @Override
        public int size() {
          return header.tensors().size();
        }

        @Override
        public Iterator<Map.Entry<String, Tensor>> iterator() {
          Iterator<TensorInfo> infos = header.tensors().values().iterator();
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              return infos.hasNext();
            }

            @Override
            public Map.Entry<String, Tensor> next() {
              TensorInfo info = infos.next();
              return Map.entry(info.name(), read(info));
            }
          };
        }
      };
    }
  }

  // ---- writing

  /**
   * Writes tensors.
   *
   * @param tensors the tensors by name
   * @param path the file
   * @throws IOException if it cannot be written
   * @throws ArgumentException if a name is no text or is {@code __metadata__}
   */
  public static void save(Map<String, Tensor> tensors, Path path) throws IOException {
    save(tensors, Map.of(), path);
  }

  /**
   * Writes tensors and texts about them.
   *
   * <p>Tensors of wider elements come first, so that each lies at a multiple of its elements' size;
   * else they keep their order. The elements are written in row-major order, whatever the strides;
   * memory that tensors share is written for each.
   *
   * @param tensors the tensors by name
   * @param metadata texts by name
   * @param path the file, which is replaced when the new one is whole
   * @throws IOException if it cannot be written
   * @throws ArgumentException if a name is no text or is {@code __metadata__}
   */
  public static void save(Map<String, Tensor> tensors, Map<String, String> metadata, Path path)
      throws IOException {
    List<Map.Entry<String, Tensor>> ordered =
        new ArrayList<>(new LinkedHashMap<>(tensors).entrySet());
    ordered.sort(
        (a, b) -> Integer.compare(b.getValue().dtype().bytes(), a.getValue().dtype().bytes()));
    byte[] text = header(ordered, metadata).getBytes(StandardCharsets.UTF_8);
    NewFile.write(
        path,
        out -> {
          long padded = (text.length + 7L) & ~7L;
          out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).array());
          out.write(text);
          for (long i = text.length; i < padded; i++) {
            out.write(' ');
          }
          for (Map.Entry<String, Tensor> entry : ordered) {
            Elements.write(entry.getValue(), out);
          }
        });
  }

  private static String header(
      List<Map.Entry<String, Tensor>> tensors, Map<String, String> metadata) {
    StringBuilder text = new StringBuilder("{");
    if (!metadata.isEmpty()) {
      text.append('"').append(Header.METADATA).append("\":{");
      String comma = "";
      for (Map.Entry<String, String> entry : metadata.entrySet()) {
        text.append(comma);
        Header.quote(text, checked(entry.getKey())).append(':');
        Header.quote(text, checked(entry.getValue()));
        comma = ",";
      }
      text.append('}');
    }
    long at = 0;
    for (Map.Entry<String, Tensor> entry : tensors) {
      String name = checked(entry.getKey());
      if (name.equals(Header.METADATA)) {
        throw new ArgumentException("a tensor cannot be called " + name + " in a safetensors file");
      }
      Tensor tensor = entry.getValue();
      long end = at + tensor.numel() * tensor.dtype().bytes();
      text.append(text.length() == 1 ? "" : ",");
      Header.quote(text, name)
          .append(":{\"dtype\":\"")
          .append(Header.typeName(tensor.dtype()))
          .append("\",\"shape\":")
          .append(tensor.shape().toString().replace(" ", ""))
          .append(",\"data_offsets\":[")
          .append(at)
          .append(',')
          .append(end)
          .append("]}");
      at = end;
    }
    return text.append('}').toString();
  }

  private static String checked(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new ArgumentException(
          "a name or text for a safetensors file has half of a surrogate pair alone");
    }
    return text;
  }
}
