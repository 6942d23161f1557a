package fluxion.nn.checkpoint.pickle;

import fluxion.api.FormatException;
import fluxion.nn.checkpoint.OrderedDict;
import fluxion.nn.checkpoint.Tuple;
import fluxion.nn.checkpoint.file.Cursor;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stack machine.
 *
 * <p>None becomes null, integers {@link Long} or {@link BigInteger}, floats {@link Double}, truth
 * values {@link Boolean}, texts {@link String}, lists {@link ArrayList}, tuples {@link Tuple},
 * dicts {@link LinkedHashMap}; names stay {@link Global}s, and what they make is up to the {@link
 * Constructors}. It does not recurse, whatever the nesting, and takes a bounded number of values.
 */
public final class Unpickler {
  private static final int NEWEST_PROTOCOL = 5;
  private static final int LONGEST_NAME = 1000;
  private static final int LONGEST_TEXT = 1 << 28;
  private static final int LONGEST_INTEGER = 1000;
  private static final int MOST_VALUES = 1 << 23;

  private final Cursor in;
  private final Constructors constructors;
  private final Stack stack = new Stack();
  private final Map<Long, @Nullable Object> memo = new HashMap<>();
  private int values;

  private Unpickler(Cursor in, Constructors constructors) {
    this.in = in;
    this.constructors = constructors;
  }

  /**
   * {@return the value of a pickle}
   *
   * @param in is at its start, and afterwards behind its end
   * @param constructors what it may name
   * @throws FormatException if it is damaged, or has an opcode or a name that is not taken; the
   *     message says where
   */
  public static @Nullable Object read(Cursor in, Constructors constructors) {
    return new Unpickler(in, constructors).run();
  }

  private @Nullable Object run() {
    while (true) {
      long start = in.position();
      int opcode = in.u8();
      try {
        if (opcode == Opcode.STOP) {
          @Nullable Object result = stack.pop();
          if (stack.size() > 0) {
            throw new IllegalArgumentException("values are left on the stack at the end");
          }
          return result;
        }
        step(opcode);
      } catch (IllegalArgumentException e) {
        in.seek(start);
        throw in.error(String.valueOf(e.getMessage()));
      }
    }
  }

  private void push(@Nullable Object value) {
    if (++values > MOST_VALUES) {
      throw new IllegalArgumentException("more than " + MOST_VALUES + " values");
    }
    stack.push(value);
  }

  private void step(int opcode) {
    switch (opcode) {
      case Opcode.PROTO -> protocol();
      case Opcode.FRAME -> frame();
      case Opcode.MARK -> stack.mark();
      case Opcode.POP -> popOrDropMark();
      case Opcode.POP_MARK -> stack.popToMark();
      case Opcode.NONE -> push(null);
      case Opcode.NEWTRUE -> push(true);
      case Opcode.NEWFALSE -> push(false);
      case Opcode.BININT -> push((long) in.i32());
      case Opcode.BININT1 -> push((long) in.u8());
      case Opcode.BININT2 -> push((long) in.u16());
      case Opcode.LONG1 -> push(integer(in.u8()));
      case Opcode.LONG4 -> push(integer(in.u32()));
      case Opcode.BINFLOAT -> push(Double.longBitsToDouble(Long.reverseBytes(in.i64())));
      case Opcode.SHORT_BINSTRING, Opcode.SHORT_BINUNICODE -> push(text(in.u8()));
      case Opcode.BINSTRING, Opcode.BINUNICODE -> push(text(in.u32()));
      case Opcode.BINUNICODE8 -> push(text(in.i64()));
      case Opcode.EMPTY_TUPLE -> push(Tuple.of());
      case Opcode.TUPLE1 -> push(Tuple.of(stack.pop(1)));
      case Opcode.TUPLE2 -> push(Tuple.of(stack.pop(2)));
      case Opcode.TUPLE3 -> push(Tuple.of(stack.pop(3)));
      case Opcode.TUPLE -> push(Tuple.of(stack.popToMark()));
      case Opcode.EMPTY_LIST -> push(new ArrayList<@Nullable Object>());
      case Opcode.LIST -> push(new ArrayList<>(Arrays.asList(stack.popToMark())));
      case Opcode.EMPTY_DICT -> push(new LinkedHashMap<@Nullable Object, @Nullable Object>());
      case Opcode.DICT -> {
        @Nullable Object[] items = stack.popToMark();
        Map<@Nullable Object, @Nullable Object> dict = new LinkedHashMap<>();
        put(dict, items);
        push(dict);
      }
      case Opcode.APPEND -> append(stack.pop(1));
      case Opcode.APPENDS -> append(stack.popToMark());
      case Opcode.SETITEM -> set(stack.pop(2));
      case Opcode.SETITEMS -> set(stack.popToMark());
      case Opcode.BINPUT -> memo.put((long) in.u8(), stack.top());
      case Opcode.LONG_BINPUT -> memo.put(in.u32(), stack.top());
      case Opcode.MEMOIZE -> memo.put((long) memo.size(), stack.top());
      case Opcode.BINGET -> get(in.u8());
      case Opcode.LONG_BINGET -> get(in.u32());
      case Opcode.GLOBAL -> global(in.line(LONGEST_NAME), in.line(LONGEST_NAME));
      case Opcode.STACK_GLOBAL -> stackGlobal();
      case Opcode.REDUCE -> reduce();
      case Opcode.BUILD -> build();
      case Opcode.BINPERSID -> push(constructors.outside(stack.pop()));
      default -> throw new IllegalArgumentException(Opcode.refusal(opcode));
    }
  }

  private void protocol() {
    int protocol = in.u8();
    if (protocol < 1 || protocol > NEWEST_PROTOCOL) {
      throw new IllegalArgumentException(
          "pickle protocol " + protocol + " is not one from 1 to " + NEWEST_PROTOCOL);
    }
  }

  /** A frame says how many bytes to read ahead; it changes nothing else. */
  private void frame() {
    long length = in.i64();
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException(
          "a frame of %s bytes, but only %d follow"
              .formatted(Long.toUnsignedString(length), in.remaining()));
    }
  }

  private void popOrDropMark() {
    if (stack.isMarked()) {
      stack.dropMark();
    } else {
      stack.pop();
    }
  }

  private Object integer(long length) {
    byte[] bytes = in.array(length, LONGEST_INTEGER);
    if (bytes.length == 0) {
      return 0L;
    }
    for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
      byte swapped = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = swapped;
    }
    BigInteger integer = new BigInteger(bytes);
    return integer.bitLength() < Long.SIZE ? (Object) integer.longValue() : integer;
  }

  private String text(long length) {
    return in.text(length, LONGEST_TEXT);
  }

  private void get(long index) {
    if (!memo.containsKey(index)) {
      throw new IllegalArgumentException("nothing was remembered under " + index);
    }
    push(memo.get(index));
  }

  private void global(String module, String name) {
    Global global = new Global(module, name);
    if (!constructors.allows(global)) {
      throw new IllegalArgumentException(
          "the name "
              + global
              + " is not one that a checkpoint of tensors needs; nothing is executed or made by"
              + " name, so save tensors and plain values, such as a state_dict()");
    }
    push(global);
  }

  private void stackGlobal() {
    @Nullable Object name = stack.pop();
    @Nullable Object module = stack.pop();
    if (!(name instanceof String text && module instanceof String from)) {
      throw new IllegalArgumentException(
          "a name is made of " + kind(module) + " and " + kind(name));
    }
    if (text.length() > LONGEST_NAME || from.length() > LONGEST_NAME) {
      throw new IllegalArgumentException("a name has more than " + LONGEST_NAME + " characters");
    }
    global(from, text);
  }

  private void reduce() {
    @Nullable Object arguments = stack.pop();
    @Nullable Object callable = stack.pop();
    if (!(callable instanceof Global global) || !(arguments instanceof Tuple tuple)) {
      throw new IllegalArgumentException(
          "a call of " + kind(callable) + " with " + kind(arguments) + "; expected a name's");
    }
    push(constructors.make(global, tuple));
  }

  /** Attributes are given to ordered dicts alone. */
  private void build() {
    @Nullable Object state = stack.pop();
    @Nullable Object target = stack.top();
    if (!(target instanceof OrderedDict dict) || !(state instanceof Map<?, ?> attributes)) {
      throw new IllegalArgumentException(
          "a state, " + kind(state) + ", for " + kind(target) + "; only ordered dicts take one");
    }
    attributes.forEach(
        (name, value) -> {
          if (!(name instanceof String)) {
            throw new IllegalArgumentException("an attribute's name is " + kind(name));
          }
          dict.attributes().put(name, value);
        });
  }

  @SuppressWarnings("unchecked") // the machine makes no other lists
  private void append(@Nullable Object[] items) {
    if (!(stack.top() instanceof ArrayList<?> list)) {
      throw new IllegalArgumentException("items for a list are given to " + kind(stack.top()));
    }
    ((List<@Nullable Object>) list).addAll(Arrays.asList(items));
  }

  @SuppressWarnings("unchecked") // the machine makes no other maps
  private void set(@Nullable Object[] items) {
    if (!(stack.top() instanceof LinkedHashMap<?, ?> dict)) {
      throw new IllegalArgumentException("items for a dict are given to " + kind(stack.top()));
    }
    put((Map<@Nullable Object, @Nullable Object>) dict, items);
  }

  /**
   * Puts pairs into a dict.
   *
   * @param dict the dict
   * @param items keys and values in turn
   */
  public static void put(Map<@Nullable Object, @Nullable Object> dict, @Nullable Object[] items) {
    if (items.length % 2 != 0) {
      throw new IllegalArgumentException("a dict's last key has no value");
    }
    for (int i = 0; i < items.length; i += 2) {
      @Nullable Object key = items[i];
      if (!(key == null
          || key instanceof String
          || key instanceof Number
          || key instanceof Boolean)) {
        throw new IllegalArgumentException(
            "a dict's key is " + kind(key) + "; texts, numbers, truth values and None are taken");
      }
      if (dict.containsKey(key)) {
        throw new IllegalArgumentException("a dict has the key " + key + " twice");
      }
      dict.put(key, items[i + 1]);
    }
  }

  /**
   * {@return what a value is, for messages, without its content}
   *
   * @param value the value
   */
  public static String kind(@Nullable Object value) {
    return switch (value) {
      case null -> "None";
      case Boolean _ -> "a truth value";
      case Double _ -> "a float";
      case Number _ -> "an integer";
      case String _ -> "a text";
      case Tuple _ -> "a tuple";
      case OrderedDict _ -> "an ordered dict";
      case Map<?, ?> _ -> "a dict";
      case List<?> _ -> "a list";
      case Global global -> "the name " + global;
      default -> "a " + value.getClass().getSimpleName();
    };
  }
}
