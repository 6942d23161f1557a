package fluxion.nn.checkpoint.pickle;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the opcodes of protocol 2 as CPython's own pickler chooses them. Everything that the
 * machine could be asked for again is remembered, by identity, under consecutive numbers.
 */
public final class Pickler {
  /** How many items a batch of a list or dict has. */
  public static final int BATCH = 1000;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final IdentityHashMap<Object, Integer> memo = new IdentityHashMap<>();
  private final Map<Global, Integer> globals = new HashMap<>();
  private int remembered;

  /** Starts a pickle. */
  public Pickler() {
    out.write(Opcode.PROTO);
    out.write(2);
  }

  /** {@return the pickle, ended} */
  public byte[] end() {
    out.write(Opcode.STOP);
    return out.toByteArray();
  }

  private void put(int opcode, int size, long value) {
    out.write(opcode);
    for (int i = 0; i < size; i++) {
      out.write((int) (value >> (8 * i)));
    }
  }

  // ---- what was written before

  private int putMemo() {
    int index = remembered++;
    put(index < 256 ? Opcode.BINPUT : Opcode.LONG_BINPUT, index < 256 ? 1 : 4, index);
    return index;
  }

  private void getMemo(int index) {
    put(index < 256 ? Opcode.BINGET : Opcode.LONG_BINGET, index < 256 ? 1 : 4, index);
  }

  /**
   * Refers to an object that was written before.
   *
   * @param object the object
   * @return whether it was
   */
  public boolean again(Object object) {
    Integer index = memo.get(object);
    if (index != null) {
      getMemo(index);
    }
    return index != null;
  }

  /**
   * Remembers what was just written.
   *
   * @param object the object that it stands for, or null for one that is not written again
   */
  public void remember(@Nullable Object object) {
    int index = putMemo();
    if (object != null) {
      memo.put(object, index);
    }
  }

  // ---- values without parts

  /** Writes None. */
  public void none() {
    out.write(Opcode.NONE);
  }

  /**
   * Writes a truth value.
   *
   * @param value the value
   */
  public void truth(boolean value) {
    out.write(value ? Opcode.NEWTRUE : Opcode.NEWFALSE);
  }

  /**
   * Writes an integer.
   *
   * @param value the integer
   */
  public void integer(long value) {
    if (value >= 0 && value < 1 << 8) {
      put(Opcode.BININT1, 1, value);
    } else if (value >= 0 && value < 1 << 16) {
      put(Opcode.BININT2, 2, value);
    } else if (value == (int) value) {
      put(Opcode.BININT, 4, value);
    } else {
      integer(BigInteger.valueOf(value));
    }
  }

  /**
   * Writes an integer of any size.
   *
   * @param value the integer
   */
  public void integer(BigInteger value) {
    if (value.bitLength() < Integer.SIZE) {
      integer(value.longValue());
      return;
    }
    byte[] bytes = value.toByteArray();
    boolean small = bytes.length < 256;
    put(small ? Opcode.LONG1 : Opcode.LONG4, small ? 1 : 4, bytes.length);
    for (int i = bytes.length - 1; i >= 0; i--) {
      out.write(bytes[i]);
    }
  }

  /**
   * Writes a float.
   *
   * @param value the float
   */
  public void floating(double value) {
    put(Opcode.BINFLOAT, 8, Long.reverseBytes(Double.doubleToRawLongBits(value)));
  }

  /**
   * Writes a text.
   *
   * @param value the text; one that was written before is referred to
   */
  public void text(String value) {
    if (again(value)) {
      return;
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    put(Opcode.BINUNICODE, 4, bytes.length);
    out.writeBytes(bytes);
    remember(value);
  }

  /**
   * Writes a name.
   *
   * @param global the name; one that was written before is referred to
   */
  public void global(Global global) {
    Integer index = globals.get(global);
    if (index != null) {
      getMemo(index);
      return;
    }
    out.write(Opcode.GLOBAL);
    out.writeBytes(
        (global.module() + "\n" + global.name() + "\n").getBytes(StandardCharsets.UTF_8));
    globals.put(global, putMemo());
  }

  // ---- values with parts

  /** Starts items, or the elements of a tuple of more than three. */
  public void mark() {
    out.write(Opcode.MARK);
  }

  /**
   * Makes a tuple of what was just written, behind a mark if there are more than three.
   *
   * @param count how many elements it has; without any it is not to be remembered
   */
  public void tuple(int count) {
    out.write(
        switch (count) {
          case 0 -> Opcode.EMPTY_TUPLE;
          case 1 -> Opcode.TUPLE1;
          case 2 -> Opcode.TUPLE2;
          case 3 -> Opcode.TUPLE3;
          default -> Opcode.TUPLE;
        });
  }

  /**
   * Writes a tuple of integers and remembers it.
   *
   * @param values the integers
   */
  public void integers(long... values) {
    if (values.length > 3) {
      mark();
    }
    for (long value : values) {
      integer(value);
    }
    tuple(values.length);
    if (values.length > 0) {
      remember(null);
    }
  }

  /** Writes an empty list. */
  public void emptyList() {
    out.write(Opcode.EMPTY_LIST);
  }

  /** Writes an empty dict. */
  public void emptyDict() {
    out.write(Opcode.EMPTY_DICT);
  }

  /**
   * Adds what was just written to a list.
   *
   * @param marked whether it is all behind a mark, or one item
   */
  public void append(boolean marked) {
    out.write(marked ? Opcode.APPENDS : Opcode.APPEND);
  }

  /**
   * Puts what was just written into a dict.
   *
   * @param marked whether it is all behind a mark, or one key and value
   */
  public void set(boolean marked) {
    out.write(marked ? Opcode.SETITEMS : Opcode.SETITEM);
  }

  /** Calls a name with a tuple. */
  public void reduce() {
    out.write(Opcode.REDUCE);
  }

  /** Gives an object its attributes. */
  public void build() {
    out.write(Opcode.BUILD);
  }

  /** Fetches what stands outside under the identifier just written. */
  public void outside() {
    out.write(Opcode.BINPERSID);
  }
}
