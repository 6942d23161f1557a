package fluxion.backend.cpu.codegen;

import fluxion.api.DType;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;

/**
 * Writes a stage as an unmasked loop over whole vectors, and a call of the scalar method for the
 * columns that are left.
 *
 * <p>Vectors live in local variables of one type each and the species are constants, so that the
 * compiler keeps them in registers.
 */
final class VectorMethod extends StageMethod {
  private final VectorCode vectors;
  private final VectorOperations operations;
  private final String tail;

  private VectorMethod(CodeBuilder code, Plan plan, int number, String tail) {
    super(code, plan, number);
    this.vectors = new VectorCode(code, plan.lanes());
    this.operations = new VectorOperations(code, vectors, this);
    this.tail = tail;
  }

  /** Writes the method of a stage; the scalar method for the rest of the columns has a name. */
  static void write(CodeBuilder code, Plan plan, int number, String tail) {
    new VectorMethod(code, plan, number, tail).write();
  }

  private void write() {
    int lanes = plan.lanes().count();
    Label before = code.newLabel();
    code.iload(END).loadConstant(lanes).if_icmplt(before);
    head();
    int bound = newSlot(false);
    code.iload(END).loadConstant(-lanes).iand().istore(bound);
    Label test = code.newLabel();
    Label end = code.newLabel();
    code.iconst_0().istore(COLUMN);
    code.labelBinding(test).iload(COLUMN).iload(bound).if_icmpge(end);
    body();
    code.iinc(COLUMN, lanes).goto_(test);
    code.labelBinding(end).iload(bound).istore(FROM);
    code.labelBinding(before);
    code.aload(ARRAYS).aload(OFFSETS).aload(ROW_STEPS).aload(COLUMN_STEPS).aload(SCRATCH);
    code.iload(ROW).iload(START).iload(FROM).iload(END);
    code.aload(FLOAT_SCALARS).aload(INT_SCALARS);
    code.invokestatic(Names.GENERATED, tail, Names.STAGE).return_();
  }

  @Override
  Local constant(Expr value) {
    boolean bool = value.type() == DType.BOOL;
    Kind kind = bool ? plan.lanes().maskKind() : Kind.of(value.type());
    vectors.species(kind);
    if (value.isLiteral()) {
      pushLiteral(value);
    } else if (value.op() == ExprOp.SCALAR) {
      pushScalar(value);
    } else {
      pushPlace(addressOf(value));
      pushElement(value.type());
    }
    if (bool) {
      vectors.allMask();
    } else {
      vectors.broadcast(kind);
    }
    return pop(kind, bool);
  }

  @Override
  boolean inlinesLiterals() {
    return false;
  }

  @Override
  Local load(Expr value, Address address, boolean scratch) {
    DType type = value.type();
    Kind kind = Kind.of(type);
    if (scratch || type.bytes() >= 4) {
      vectors.species(kind);
      pushPlace(address);
      vectors.fromArray(kind);
    } else {
      vectors.smallSpecies(type.bytes());
      pushPlace(address);
      vectors.fromSmallArray(type.bytes(), type != DType.UINT8);
    }
    boolean bool = type == DType.BOOL;
    if (bool) {
      vectors.compare(Kind.INT, "NE", 0);
    }
    return pop(kind, bool);
  }

  @Override
  Local compute(Expr node) {
    boolean bool = node.type() == DType.BOOL;
    Kind kind = operations.compute(node);
    return pop(kind, bool);
  }

  private Local pop(Kind kind, boolean mask) {
    int slot = newSlot(false);
    code.astore(slot);
    return new Local(slot, kind, mask);
  }

  @Override
  void store(Expr value, Address address, boolean scratch) {
    DType type = value.type();
    Local local = local(value);
    if (local.mask()) {
      vectors.broadcast(Kind.INT, 0).number(Kind.INT, 1);
      code.aload(local.slot());
      vectors.castMask(local.kind(), Kind.INT).blendNumber(Kind.INT);
    } else {
      code.aload(local.slot());
    }
    if (scratch || type.bytes() >= 4) {
      pushPlace(address);
      vectors.intoArray(Kind.of(type));
    } else {
      vectors.toSmall(type.bytes());
      pushPlace(address);
      vectors.intoSmallArray(type.bytes());
    }
  }

  @Override
  boolean isPair(Local local) {
    return false;
  }
}
