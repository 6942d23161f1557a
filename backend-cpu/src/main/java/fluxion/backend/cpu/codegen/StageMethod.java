package fluxion.backend.cpu.codegen;

import fluxion.api.DType;
import fluxion.backend.cpu.kernel.ColumnStep;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Writes the method of one stage: a loop over the columns of a row's block.
 *
 * <p>The method takes the operands' arrays, offsets, row steps and column steps as {@link
 * fluxion.backend.cpu.kernel.KernelLoop#run} does, the scratch arrays, the row, the block's first
 * column, the first and the end column to compute counted from there, and the scalars.
 */
abstract class StageMethod {
  static final int ARRAYS = 0;
  static final int OFFSETS = 1;
  static final int ROW_STEPS = 2;
  static final int COLUMN_STEPS = 3;
  static final int SCRATCH = 4;
  static final int ROW = 5;
  static final int START = 6;
  static final int FROM = 7;
  static final int END = 8;
  static final int FLOAT_SCALARS = 9;
  static final int INT_SCALARS = 10;

  /** The column in the block. */
  static final int COLUMN = 11;

  final CodeBuilder code;
  final Plan plan;
  final Stage stage;
  private final int number;
  private final Map<Expr, Local> values = new HashMap<>();
  private final Map<Object, Address> addresses = new HashMap<>();
  private final Map<Expr, Integer> lastUses = new HashMap<>();
  private final ArrayDeque<Integer> freeSingles = new ArrayDeque<>();
  private final ArrayDeque<Integer> freePairs = new ArrayDeque<>();
  private int locals = COLUMN + 1;

  StageMethod(CodeBuilder code, Plan plan, int number) {
    this.code = code;
    this.plan = plan;
    this.stage = plan.stages().get(number);
    this.number = number;
  }

  /**
   * A local variable.
   *
   * @param slot its number
   * @param kind what it holds, or of what it holds a vector or a mask
   * @param mask whether it holds a mask
   */
  record Local(int slot, Kind kind, boolean mask) {}

  /**
   * Where the elements of an operand or scratch array are.
   *
   * @param array the local variable of the array
   * @param base that of the position of column 0, or -1 for position 0
   * @param step that of the step, or -1 for 1
   * @param moving whether columns differ
   */
  record Address(int array, int base, int step, boolean moving) {}

  /** Leaves a value that is the same in all columns in a new local variable. */
  abstract Local constant(Expr value);

  /** Leaves the current elements of an input or scratch array in a new local variable. */
  abstract Local load(Expr value, Address address, boolean scratch);

  /** Leaves what a node computes in a new local variable. */
  abstract Local compute(Expr node);

  /** Writes a value to the current elements of an output or scratch array. */
  abstract void store(Expr value, Address address, boolean scratch);

  /** Writes what precedes the loop. */
  final void head() {
    Set<Expr> reads = new LinkedHashSet<>();
    for (int i = 0; i < stage.nodes().size(); i++) {
      Expr node = stage.nodes().get(i);
      lastUses.put(node, i);
      if (node.op() == ExprOp.INPUT) {
        reads.add(node);
      }
      for (Expr operand : node.operands()) {
        reads.add(operand);
        lastUses.put(operand, i);
      }
    }
    for (Stage.Store store : stage.stores()) {
      reads.add(store.value());
      lastUses.put(store.value(), Integer.MAX_VALUE);
      int output = store.output();
      addresses.put(output, operand(output, Kind.storage(store.value().type())));
    }
    Set<Expr> computed = new HashSet<>(stage.nodes());
    for (Expr value : reads) {
      if (value.op() == ExprOp.INPUT || !computed.contains(value)) {
        locate(value);
      }
    }
    for (Expr node : stage.nodes()) {
      Plan.Place place = plan.scratch().get(node);
      if (place != null && place.stage() == number) {
        addresses.put(place, scratch(place, Kind.of(node.type())));
      }
    }
  }

  private void locate(Expr value) {
    Plan.Place place = plan.source(value, number);
    if (place != null) {
      addresses.put(value, scratch(place, Kind.of(value.type())));
    } else if (value.op() == ExprOp.INPUT) {
      int operand = plan.operand(value);
      Address address = operand(operand, Kind.storage(value.type()));
      addresses.put(value, address);
      if (plan.steps()[operand] == ColumnStep.ZERO) {
        keep(value, constant(value));
      }
    } else if (!(value.isLiteral() && inlinesLiterals())) {
      keep(value, constant(value));
    }
  }

  /** {@return whether literals need no local variable} */
  abstract boolean inlinesLiterals();

  private void keep(Expr value, Local local) {
    values.put(value, local);
    lastUses.put(value, Integer.MAX_VALUE);
  }

  /** Writes the loop's body: loads, operations, then stores. */
  final void body() {
    for (int i = 0; i < stage.nodes().size(); i++) {
      Expr node = stage.nodes().get(i);
      if (node.op() == ExprOp.INPUT) {
        fetch(node);
      } else {
        node.operands().forEach(this::fetch);
        values.put(node, compute(node));
      }
      Plan.Place place = plan.scratch().get(node);
      if (place != null && place.stage() == number) {
        store(node, address(place), true);
      }
      release(node, i);
      for (Expr operand : node.operands()) {
        release(operand, i);
      }
    }
    for (Stage.Store store : stage.stores()) {
      fetch(store.value());
    }
    for (Stage.Store store : stage.stores()) {
      store(store.value(), address(store.output()), false);
    }
  }

  private void fetch(Expr value) {
    Address address = addresses.get(value);
    if (address != null && !values.containsKey(value)) {
      values.put(value, load(value, address, plan.source(value, number) != null));
    }
  }

  private void release(Expr value, int now) {
    if (lastUses.getOrDefault(value, 0) == now) {
      Local local = values.remove(value);
      if (local != null) {
        release(local.slot, isPair(local));
      }
    }
  }

  /** {@return whether a local variable takes two places} */
  abstract boolean isPair(Local local);

  // ---- addresses ----

  private Address operand(int i, ClassDesc array) {
    ColumnStep step = plan.steps()[i];
    int slot = newSlot(false);
    code.aload(ARRAYS).loadConstant(i).aaload().checkcast(array).astore(slot);
    int base = newSlot(false);
    element(OFFSETS, i);
    code.iload(ROW);
    element(ROW_STEPS, i);
    code.imul().iadd();
    int stepSlot = -1;
    if (step == ColumnStep.UNIT) {
      code.iload(START).iadd();
    } else if (step == ColumnStep.ANY) {
      stepSlot = newSlot(false);
      element(COLUMN_STEPS, i);
      code.dup().istore(stepSlot).iload(START).imul().iadd();
    }
    code.istore(base);
    return new Address(slot, base, stepSlot, step != ColumnStep.ZERO);
  }

  private void element(int array, int i) {
    code.aload(array).loadConstant(i).iaload();
  }

  private Address scratch(Plan.Place place, Kind kind) {
    int slot = newSlot(false);
    code.aload(SCRATCH).loadConstant(place.number()).aaload().checkcast(kind.array).astore(slot);
    return new Address(slot, -1, -1, true);
  }

  private Address address(Object of) {
    return Objects.requireNonNull(addresses.get(of));
  }

  /** Pushes an array and the position of the current column. */
  final void pushPlace(Address address) {
    code.aload(address.array);
    if (address.moving) {
      code.iload(COLUMN);
      if (address.step >= 0) {
        code.iload(address.step).imul();
      }
      if (address.base >= 0) {
        code.iload(address.base).iadd();
      }
    } else {
      code.iload(address.base);
    }
  }

  // ---- local variables ----

  /** {@return where a value is} */
  final Local local(Expr value) {
    Local local = values.get(value);
    if (local == null) {
      throw new IllegalStateException("no local variable for " + value.op());
    }
    return local;
  }

  /** {@return where a located input is} */
  final Address addressOf(Expr input) {
    return address(input);
  }

  /** {@return the number of a local variable not in use} */
  final int newSlot(boolean pair) {
    Integer free = (pair ? freePairs : freeSingles).poll();
    if (free != null) {
      return free;
    }
    int slot = locals;
    locals += pair ? 2 : 1;
    return slot;
  }

  final void release(int slot, boolean pair) {
    (pair ? freePairs : freeSingles).push(slot);
  }

  /** Pushes the runtime scalar of a node, as what holds its dtype. */
  final void pushScalar(Expr scalar) {
    int position = Objects.requireNonNull(plan.scalars().get(scalar));
    if (scalar.type().isFloatingPoint()) {
      code.aload(FLOAT_SCALARS).loadConstant(position).daload();
      if (Kind.of(scalar.type()) == Kind.FLOAT) {
        code.d2f();
      }
    } else {
      code.aload(INT_SCALARS).loadConstant(position).laload();
      if (Kind.of(scalar.type()) == Kind.INT) {
        code.l2i();
      }
    }
  }

  /** Pushes a literal. */
  final void pushLiteral(Expr literal) {
    switch (Kind.of(literal.type())) {
      case FLOAT -> code.loadConstant((float) literal.doubleValue());
      case DOUBLE -> code.loadConstant(literal.doubleValue());
      case LONG -> code.loadConstant(literal.longValue());
      case INT -> code.loadConstant((int) literal.longValue());
    }
  }

  /** Replaces the array and position on the stack by the element there, as what holds it. */
  final void pushElement(DType type) {
    switch (type) {
      case FLOAT32 -> code.faload();
      case FLOAT64 -> code.daload();
      case INT64 -> code.laload();
      case INT32 -> code.iaload();
      case INT16, FLOAT16, BFLOAT16 -> code.saload();
      case UINT8 -> code.baload().loadConstant(0xFF).iand();
      case INT8, BOOL -> code.baload();
    }
  }

  /** Pops a value into a new local variable. */
  final Local popNew(Kind kind, TypeKind type) {
    int slot = newSlot(type.slotSize() == 2);
    code.storeLocal(type, slot);
    return new Local(slot, kind, false);
  }
}
