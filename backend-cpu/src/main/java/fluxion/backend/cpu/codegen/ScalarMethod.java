package fluxion.backend.cpu.codegen;

import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;

/** Writes a stage as a loop that computes one column at a time. */
final class ScalarMethod extends StageMethod {
  private final ScalarOperations operations;

  private ScalarMethod(CodeBuilder code, Plan plan, int number) {
    super(code, plan, number);
    this.operations = new ScalarOperations(code, this::push);
  }

  static void write(CodeBuilder code, Plan plan, int number) {
    new ScalarMethod(code, plan, number).write();
  }

  private void write() {
    head();
    Label test = code.newLabel();
    Label end = code.newLabel();
    code.iload(FROM).istore(COLUMN);
    code.labelBinding(test).iload(COLUMN).iload(END).if_icmpge(end);
    body();
    code.iinc(COLUMN, 1).goto_(test);
    code.labelBinding(end).return_();
  }

  private void push(Expr value) {
    if (value.isLiteral()) {
      pushLiteral(value);
    } else {
      Local local = local(value);
      code.loadLocal(local.kind().type, local.slot());
    }
  }

  @Override
  Local constant(Expr value) {
    if (value.op() == ExprOp.SCALAR) {
      pushScalar(value);
    } else {
      pushPlace(addressOf(value));
      pushElement(value.type());
    }
    return pop(value);
  }

  @Override
  boolean inlinesLiterals() {
    return true;
  }

  @Override
  Local load(Expr value, Address address, boolean scratch) {
    pushPlace(address);
    if (scratch) {
      code.arrayLoad(Kind.of(value.type()).type);
    } else {
      pushElement(value.type());
    }
    return pop(value);
  }

  @Override
  Local compute(Expr node) {
    operations.compute(node);
    return pop(node);
  }

  private Local pop(Expr value) {
    Kind kind = Kind.of(value.type());
    return popNew(kind, kind.type);
  }

  @Override
  void store(Expr value, Address address, boolean scratch) {
    pushPlace(address);
    push(value);
    switch (scratch ? 0 : value.type().bytes()) {
      case 1 -> code.bastore();
      case 2 -> code.sastore();
      default -> code.arrayStore(Kind.of(value.type()).type);
    }
  }

  @Override
  boolean isPair(Local local) {
    return local.kind().bytes == 8;
  }
}
