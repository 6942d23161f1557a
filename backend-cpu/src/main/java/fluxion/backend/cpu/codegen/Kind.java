package fluxion.backend.cpu.codegen;

import static java.lang.constant.ConstantDescs.CD_byte;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_short;
import static java.lang.constant.ConstantDescs.CD_void;

import fluxion.api.DType;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/**
 * What a local variable of generated code holds: a Java number, or a vector of them.
 *
 * <p>Integers of up to 32 bits are held in an int, wrapped to their dtype; 16-bit floats as their
 * bits in an int, since they are only stored and cast; truth values as 0 and 1, and as masks where
 * there are vectors.
 */
@SuppressWarnings("ImmutableEnumChecker") // descriptors are immutable
enum Kind {
  INT("I", "Int", TypeKind.INT, CD_int, 4),
  LONG("L", "Long", TypeKind.LONG, CD_long, 8),
  FLOAT("F", "Float", TypeKind.FLOAT, CD_float, 4),
  DOUBLE("D", "Double", TypeKind.DOUBLE, CD_double, 8);

  /** The letter that stands for the kind in the names of the Vector API. */
  final String letter;

  final TypeKind type;
  final ClassDesc primitive;
  final ClassDesc array;
  final int bytes;

  /** The class of its vectors. */
  final ClassDesc vector;

  final MethodTypeDesc fromArray;
  final MethodTypeDesc intoArray;
  final MethodTypeDesc broadcast;
  final MethodTypeDesc unary;
  final MethodTypeDesc binary;
  final MethodTypeDesc binaryConstant;
  final MethodTypeDesc ternary;
  final MethodTypeDesc compareConstant;
  final MethodTypeDesc blend;
  final MethodTypeDesc blendConstant;

  Kind(String letter, String name, TypeKind type, ClassDesc primitive, int bytes) {
    this.letter = letter;
    this.type = type;
    this.primitive = primitive;
    this.array = primitive.arrayType();
    this.bytes = bytes;
    this.vector = ClassDesc.of("jdk.incubator.vector." + name + "Vector");
    this.fromArray = MethodTypeDesc.of(vector, Names.SPECIES, array, CD_int);
    this.intoArray = MethodTypeDesc.of(CD_void, array, CD_int);
    this.broadcast = MethodTypeDesc.of(vector, Names.SPECIES, primitive);
    this.unary = MethodTypeDesc.of(vector, Names.UNARY);
    this.binary = MethodTypeDesc.of(vector, Names.BINARY, Names.VECTOR);
    this.binaryConstant = MethodTypeDesc.of(vector, Names.BINARY, primitive);
    this.ternary = MethodTypeDesc.of(vector, Names.TERNARY, Names.VECTOR, Names.VECTOR);
    this.compareConstant = MethodTypeDesc.of(Names.MASK, Names.COMPARISON, primitive);
    this.blend = MethodTypeDesc.of(vector, Names.VECTOR, Names.MASK);
    this.blendConstant = MethodTypeDesc.of(vector, primitive, Names.MASK);
  }

  /** {@return what holds a value of a dtype} */
  static Kind of(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> FLOAT;
      case FLOAT64 -> DOUBLE;
      case INT64 -> LONG;
      default -> INT;
    };
  }

  /** {@return the class of the arrays that store a dtype} */
  static ClassDesc storage(DType dtype) {
    return switch (dtype.bytes()) {
      case 1 -> CD_byte.arrayType();
      case 2 -> CD_short.arrayType();
      default -> of(dtype).array;
    };
  }

  /** {@return whether this is a floating-point number} */
  boolean floating() {
    return this == FLOAT || this == DOUBLE;
  }

  /** {@return the integer of the same width} */
  Kind bits() {
    return bytes == 4 ? INT : LONG;
  }
}
