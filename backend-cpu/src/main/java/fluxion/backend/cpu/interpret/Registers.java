package fluxion.backend.cpu.interpret;

import org.jspecify.annotations.Nullable;

/**
 * The registers of one thread for one program. Those of operands are made when an operand is first
 * staged; an operand that is used where it lies needs none.
 */
final class Registers {
  /** How many elements a register holds: a few registers fit the first-level cache. */
  static final int BLOCK = 256;

  /** The number of the thread that may use them, {@link Thread#threadId()}. */
  final long owner;

  private final RegisterKind[] kinds;
  private final @Nullable Object[] arrays;
  private final double[] @Nullable [] scratch = new double[3][];

  Registers(RegisterKind[] kinds, long owner) {
    this.kinds = kinds;
    this.owner = owner;
    this.arrays = new Object[kinds.length];
  }

  /** {@return the array of a register} */
  Object get(int register) {
    Object array = arrays[register];
    return array != null ? array : allocate(register);
  }

  private Object allocate(int register) {
    Object array = kinds[register].allocate();
    arrays[register] = array;
    return array;
  }

  /**
   * {@return the array that holds a register's value: the operand's own where that is used in
   * place}
   *
   * @param register the register's number; those of operands come first
   * @param operands the operands' arrays
   * @param direct a bit for each operand that is used where it lies
   */
  Object get(int register, @Nullable Object[] operands, long direct) {
    if (register < Long.SIZE && (direct >>> register & 1) != 0) {
      Object array = operands[register];
      if (array != null) {
        return array;
      }
    }
    return get(register);
  }

  /** {@return one of three float64 registers for intermediate values of one step} */
  double[] scratch(int i) {
    double[] array = scratch[i];
    if (array == null) {
      array = new double[BLOCK];
      scratch[i] = array;
    }
    return array;
  }
}
