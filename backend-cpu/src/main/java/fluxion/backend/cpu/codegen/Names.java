package fluxion.backend.cpu.codegen;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import fluxion.backend.cpu.kernel.HalfFloats;
import fluxion.backend.cpu.kernel.KernelLoop;
import fluxion.engine.spi.ScalarMath;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/** Classes and methods that generated code names. */
final class Names {
  private static final String API = "jdk.incubator.vector.";

  static final ClassDesc SPECIES = ClassDesc.of(API + "VectorSpecies");
  static final ClassDesc VECTOR = ClassDesc.of(API + "Vector");
  static final ClassDesc MASK = ClassDesc.of(API + "VectorMask");
  static final ClassDesc BYTE_VECTOR = ClassDesc.of(API + "ByteVector");
  static final ClassDesc SHORT_VECTOR = ClassDesc.of(API + "ShortVector");
  static final ClassDesc OPERATORS = ClassDesc.of(API + "VectorOperators");
  static final ClassDesc UNARY = OPERATORS.nested("Unary");
  static final ClassDesc BINARY = OPERATORS.nested("Binary");
  static final ClassDesc ASSOCIATIVE = OPERATORS.nested("Associative");
  static final ClassDesc TERNARY = OPERATORS.nested("Ternary");
  static final ClassDesc COMPARISON = OPERATORS.nested("Comparison");
  static final ClassDesc CONVERSION = OPERATORS.nested("Conversion");

  static final MethodTypeDesc COMPARE = MethodTypeDesc.of(MASK, COMPARISON, VECTOR);
  static final MethodTypeDesc CONVERT_SHAPE =
      MethodTypeDesc.of(VECTOR, CONVERSION, SPECIES, CD_int);
  static final MethodTypeDesc MASK_CAST = MethodTypeDesc.of(MASK, SPECIES);
  static final MethodTypeDesc MASK_NOT = MethodTypeDesc.of(MASK);
  static final MethodTypeDesc MASK_BINARY = MethodTypeDesc.of(MASK, MASK);
  static final MethodTypeDesc MASK_ALL = MethodTypeDesc.of(MASK, CD_boolean);

  static final ClassDesc GENERATED =
      ClassDesc.of(Names.class.getPackageName() + ".GeneratedKernel");
  static final ClassDesc KERNEL_LOOP = ClassDesc.of(KernelLoop.class.getName());
  static final ClassDesc SCRATCH = ClassDesc.of(Scratch.class.getName());
  static final ClassDesc HALF_FLOATS = ClassDesc.of(HalfFloats.class.getName());
  static final ClassDesc SCALAR_MATH = ClassDesc.of(ScalarMath.class.getName());
  static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
  static final ClassDesc FLOAT = ClassDesc.of("java.lang.Float");
  static final ClassDesc DOUBLE = ClassDesc.of("java.lang.Double");

  static final ClassDesc OBJECTS = CD_Object.arrayType();
  static final ClassDesc INTS = CD_int.arrayType();
  static final ClassDesc LONGS = CD_long.arrayType();
  static final ClassDesc DOUBLES = CD_double.arrayType();

  /** {@link Scratch#allocate}. */
  static final MethodTypeDesc ALLOCATE = MethodTypeDesc.of(OBJECTS, CD_String, CD_int);

  /** {@link KernelLoop#run}. */
  static final MethodTypeDesc RUN =
      MethodTypeDesc.of(CD_void, OBJECTS, INTS, INTS, INTS, CD_int, CD_int, DOUBLES, LONGS);

  /** A stage's method: see {@link StageMethod}. */
  static final MethodTypeDesc STAGE =
      MethodTypeDesc.of(
          CD_void, OBJECTS, INTS, INTS, INTS, OBJECTS, CD_int, CD_int, CD_int, CD_int, DOUBLES,
          LONGS);

  private Names() {}
}
