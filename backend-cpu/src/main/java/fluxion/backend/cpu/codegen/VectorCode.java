package fluxion.backend.cpu.codegen;

import static java.lang.constant.ConstantDescs.CD_byte;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_short;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/**
 * The vocabulary of vector code: one method for each call of the Vector API that generated code
 * makes. Operands are on the stack unless said otherwise.
 */
final class VectorCode {
  private final CodeBuilder code;
  private final Lanes lanes;

  VectorCode(CodeBuilder code, Lanes lanes) {
    this.code = code;
    this.lanes = lanes;
  }

  /** Pushes the species of a kind. */
  VectorCode species(Kind kind) {
    return species(kind.letter);
  }

  private VectorCode species(String letter) {
    code.getstatic(lanes.owner(), letter, Names.SPECIES);
    return this;
  }

  private void operator(String name, ClassDesc type) {
    code.getstatic(Names.OPERATORS, name, type);
  }

  /** Applies an operation to one vector. */
  VectorCode unary(Kind kind, String name) {
    operator(name, Names.UNARY);
    code.invokevirtual(kind.vector, "lanewise", kind.unary);
    return this;
  }

  /** Pushes an operation, to be followed by the second vector and {@link #binary(Kind)}. */
  VectorCode operation(String name) {
    boolean associative =
        switch (name) {
          case "ADD", "MUL", "MIN", "MAX", "AND", "OR", "XOR" -> true;
          default -> false;
        };
    operator(name, associative ? Names.ASSOCIATIVE : Names.BINARY);
    return this;
  }

  /** Applies the operation that lies between two vectors. */
  VectorCode binary(Kind kind) {
    code.invokevirtual(kind.vector, "lanewise", kind.binary);
    return this;
  }

  /** Applies an operation to a vector and a number. */
  VectorCode binary(Kind kind, String name, Number constant) {
    operation(name).number(kind, constant);
    code.invokevirtual(kind.vector, "lanewise", kind.binaryConstant);
    return this;
  }

  /** Applies the operation that follows the first of three vectors. */
  VectorCode ternary(Kind kind) {
    code.invokevirtual(kind.vector, "lanewise", kind.ternary);
    return this;
  }

  /** Pushes a ternary operation. */
  VectorCode ternaryOperation(String name) {
    operator(name, Names.TERNARY);
    return this;
  }

  /** Pushes a comparison, to be followed by the second vector and {@link #compare(Kind)}. */
  VectorCode comparison(String name) {
    operator(name, Names.COMPARISON);
    return this;
  }

  /** Makes a mask by the comparison that lies between two vectors. */
  VectorCode compare(Kind kind) {
    code.invokevirtual(kind.vector, "compare", Names.COMPARE);
    return this;
  }

  /** Compares a vector with a number. */
  VectorCode compare(Kind kind, String name, Number constant) {
    comparison(name).number(kind, constant);
    code.invokevirtual(kind.vector, "compare", kind.compareConstant);
    return this;
  }

  /** Replaces the lanes of a vector by another's where a mask is set. */
  VectorCode blend(Kind kind) {
    code.invokevirtual(kind.vector, "blend", kind.blend);
    return this;
  }

  /** Replaces the lanes of a vector by the number after it where the mask after that is set. */
  VectorCode blendNumber(Kind kind) {
    code.invokevirtual(kind.vector, "blend", kind.blendConstant);
    return this;
  }

  /** Turns the number on the stack, with the species below it, into a vector. */
  VectorCode broadcast(Kind kind) {
    code.invokestatic(kind.vector, "broadcast", kind.broadcast);
    return this;
  }

  /** Pushes a vector of one number. */
  VectorCode broadcast(Kind kind, Number constant) {
    return species(kind).number(kind, constant).broadcast(kind);
  }

  /** Pushes a number of a kind. */
  VectorCode number(Kind kind, Number constant) {
    switch (kind) {
      case INT -> code.loadConstant(constant.intValue());
      case LONG -> code.loadConstant(constant.longValue());
      case FLOAT -> code.loadConstant(constant.floatValue());
      case DOUBLE -> code.loadConstant(constant.doubleValue());
    }
    return this;
  }

  /** Converts lane by lane. */
  VectorCode convert(Kind from, Kind to) {
    convert(from.letter + "2" + to.letter, to.letter);
    code.checkcast(to.vector);
    return this;
  }

  private void convert(String name, String to) {
    operator(name, Names.CONVERSION);
    species(to);
    code.iconst_0().invokevirtual(Names.VECTOR, "convertShape", Names.CONVERT_SHAPE);
  }

  /** Views the bits of a vector as another kind of the same width. */
  VectorCode reinterpret(Kind from, Kind to) {
    String name =
        switch (to) {
          case INT -> "reinterpretAsInts";
          case LONG -> "reinterpretAsLongs";
          case FLOAT -> "reinterpretAsFloats";
          case DOUBLE -> "reinterpretAsDoubles";
        };
    code.invokevirtual(from.vector, name, MethodTypeDesc.of(to.vector));
    return this;
  }

  // ---- masks ----

  /** Makes a mask one for vectors of another kind. */
  VectorCode castMask(Kind from, Kind to) {
    if (from != to) {
      species(to);
      code.invokevirtual(Names.MASK, "cast", Names.MASK_CAST);
    }
    return this;
  }

  /** Combines two masks: {@code and or xor eq andNot}. */
  VectorCode masks(String name) {
    code.invokevirtual(Names.MASK, name, Names.MASK_BINARY);
    return this;
  }

  /** Inverts a mask. */
  VectorCode notMask() {
    code.invokevirtual(Names.MASK, "not", Names.MASK_NOT);
    return this;
  }

  /** Turns the truth value on the stack, with the species below it, into a mask. */
  VectorCode allMask() {
    code.invokeinterface(Names.SPECIES, "maskAll", Names.MASK_ALL);
    return this;
  }

  // ---- memory ----

  /** Loads from the array and position on top of a species. */
  VectorCode fromArray(Kind kind) {
    code.invokestatic(kind.vector, "fromArray", kind.fromArray);
    return this;
  }

  /** Stores the vector below an array and a position. */
  VectorCode intoArray(Kind kind) {
    code.invokevirtual(kind.vector, "intoArray", kind.intoArray);
    return this;
  }

  /** Pushes the species of a small storage. */
  VectorCode smallSpecies(int bytes) {
    return species(bytes == 1 ? "B" : "S");
  }

  /** Loads bytes or shorts as ints. */
  VectorCode fromSmallArray(int bytes, boolean signed) {
    ClassDesc vector = bytes == 1 ? Names.BYTE_VECTOR : Names.SHORT_VECTOR;
    code.invokestatic(
        vector,
        "fromArray",
        MethodTypeDesc.of(vector, Names.SPECIES, small(bytes).arrayType(), CD_int));
    String letter = bytes == 1 ? "B" : "S";
    convert((signed ? "" : "ZERO_EXTEND_") + letter + "2I", "I");
    code.checkcast(Kind.INT.vector);
    return this;
  }

  /** Makes the low bits of ints bytes or shorts. */
  VectorCode toSmall(int bytes) {
    String letter = bytes == 1 ? "B" : "S";
    convert("I2" + letter, letter);
    code.checkcast(bytes == 1 ? Names.BYTE_VECTOR : Names.SHORT_VECTOR);
    return this;
  }

  /** Stores the bytes or shorts below an array and a position. */
  VectorCode intoSmallArray(int bytes) {
    code.invokevirtual(
        bytes == 1 ? Names.BYTE_VECTOR : Names.SHORT_VECTOR,
        "intoArray",
        MethodTypeDesc.of(CD_void, small(bytes).arrayType(), CD_int));
    return this;
  }

  private static ClassDesc small(int bytes) {
    return bytes == 1 ? CD_byte : CD_short;
  }
}
