package fluxion.backend.cpu.codegen;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import fluxion.backend.cpu.kernel.ColumnStep;
import fluxion.backend.cpu.kernel.KernelLoop;
import fluxion.engine.spi.Kernel;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/**
 * Compiles kernels to bytecode.
 *
 * <p>Each kernel becomes a hidden class of its own, which is unloaded when the loop is no longer
 * reachable. Its {@code run} goes through the rows and calls one static method a {@link Stage}. The
 * results are bit for bit those of the reference interpreter, whatever the vector width.
 */
public final class KernelCompiler {
  /**
   * The longest method, in bytes of code: HotSpot never compiles one of more than 8,000 ({@code
   * HugeMethodLimit}).
   */
  static final int LONGEST_METHOD = 7500;

  /** About how long a stage is meant to be; its estimate need not be good. */
  private static final int BUDGET = 5000;

  private static final String STAGE = "stage";

  private static final int FLAGS = ClassFile.ACC_STATIC | ClassFile.ACC_PRIVATE;

  private KernelCompiler() {}

  /**
   * {@return a kernel as generated code}
   *
   * <p>Takes milliseconds. The code may be run only with operands whose column steps are as said.
   *
   * @param kernel a lowered kernel without indices
   * @param steps what is known of the column steps, outputs first, then inputs
   */
  public static KernelLoop compile(Kernel kernel, ColumnStep[] steps) {
    return compile(kernel, steps, true);
  }

  /**
   * {@return a kernel as generated code without vectors}
   *
   * <p>It is short, and so fast as soon as HotSpot's first compiler has come to it.
   *
   * @param kernel a lowered kernel without indices
   * @param steps what is known of the column steps, outputs first, then inputs
   */
  public static KernelLoop compileScalar(Kernel kernel, ColumnStep[] steps) {
    return compile(kernel, steps, false);
  }

  private static KernelLoop compile(Kernel kernel, ColumnStep[] steps, boolean vectors) {
    ColumnStep[] own = steps.clone();
    byte[] bytes = generate(kernel, own, vectors);
    Dump.write(kernel, own, bytes);
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClass(bytes, false);
      return (KernelLoop)
          lookup.findConstructor(lookup.lookupClass(), MethodType.methodType(void.class)).invoke();
    } catch (Throwable e) {
      throw new IllegalStateException("cannot load the code generated for " + kernel, e);
    }
  }

  /** Generates with ever shorter stages until every method is short enough. */
  static byte[] generate(Kernel kernel, ColumnStep[] steps, boolean vectors) {
    for (int budget = BUDGET; ; budget /= 2) {
      byte[] bytes =
          classFile(
              vectors
                  ? Planner.plan(kernel, steps, budget)
                  : Planner.planScalar(kernel, steps, budget));
      if (budget <= 1 || longestStage(bytes) <= LONGEST_METHOD) {
        return bytes;
      }
    }
  }

  /**
   * {@return the bytes of code of the longest stage}
   *
   * <p>Beside the stages there is the method that calls them a block each; of a huge kernel it may
   * be long and stay interpreted.
   */
  static int longestStage(byte[] classFile) {
    int longest = 0;
    for (MethodModel method : ClassFile.of().parse(classFile).methods()) {
      if (method.methodName().stringValue().startsWith(STAGE)) {
        CodeModel code = method.code().orElseThrow();
        longest = Math.max(longest, ((CodeAttribute) code).codeLength());
      }
    }
    return longest;
  }

  private static byte[] classFile(Plan plan) {
    return ClassFile.of(ClassFile.DebugElementsOption.DROP_DEBUG)
        .build(
            Names.GENERATED,
            type -> {
              type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC);
              type.withInterfaceSymbols(Names.KERNEL_LOOP);
              type.withMethodBody(
                  INIT_NAME,
                  MTD_void,
                  0,
                  code -> code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_());
              type.withMethodBody(
                  "run", Names.RUN, ClassFile.ACC_PUBLIC, code -> writeRun(code, plan));
              for (int s = 0; s < plan.stages().size(); s++) {
                writeStage(type, plan, s);
              }
            });
  }

  private static void writeStage(ClassBuilder type, Plan plan, int number) {
    String name = name(number);
    String tail = name + "Tail";
    boolean vector = plan.stages().get(number).vector();
    if (vector) {
      type.withMethodBody(
          name, Names.STAGE, FLAGS, code -> VectorMethod.write(code, plan, number, tail));
    }
    type.withMethodBody(
        vector ? tail : name, Names.STAGE, FLAGS, code -> ScalarMethod.write(code, plan, number));
  }

  private static String name(int stage) {
    return STAGE + stage;
  }

  /** Writes the loops over rows and blocks of columns. */
  private static void writeRun(CodeBuilder code, Plan plan) {
    int rows = 5;
    int columns = 6;
    int scratch = 9;
    int row = 10;
    int start = 11;
    int length = 12;
    writeScratch(code, plan, columns);
    code.astore(scratch).iconst_0().istore(row);
    Label nextRow = code.newLabel();
    Label nextBlock = code.newLabel();
    Label endOfRow = code.newLabel();
    Label end = code.newLabel();
    code.labelBinding(nextRow).iload(row).iload(rows).if_icmpge(end);
    code.iconst_0().istore(start);
    code.labelBinding(nextBlock).iload(start).iload(columns).if_icmpge(endOfRow);
    code.iload(columns).iload(start).isub().loadConstant(plan.block());
    code.invokestatic(Names.MATH, "min", MethodTypeDesc.of(CD_int, CD_int, CD_int));
    code.istore(length);
    for (int s = 0; s < plan.stages().size(); s++) {
      code.aload(1).aload(2).aload(3).aload(4).aload(scratch).iload(row).iload(start);
      code.iconst_0().iload(length).aload(7).aload(8);
      code.invokestatic(Names.GENERATED, name(s), Names.STAGE);
    }
    code.iload(start).iload(length).iadd().istore(start).goto_(nextBlock);
    code.labelBinding(endOfRow).iinc(row, 1).goto_(nextRow);
    code.labelBinding(end).return_();
  }

  /** Pushes the scratch arrays, or null if there are none. */
  private static void writeScratch(CodeBuilder code, Plan plan, int columns) {
    List<Kind> kinds = plan.scratchKinds();
    if (kinds.isEmpty()) {
      code.aconst_null();
      return;
    }
    StringBuilder letters = new StringBuilder();
    kinds.forEach(kind -> letters.append(kind.letter));
    code.ldc(letters.toString()).iload(columns).loadConstant(plan.block());
    code.invokestatic(Names.MATH, "min", MethodTypeDesc.of(CD_int, CD_int, CD_int));
    code.invokestatic(Names.SCRATCH, "allocate", Names.ALLOCATE);
  }
}
