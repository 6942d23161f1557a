package fluxion.conformance.plugin;

import fluxion.conformance.suite.NotRun;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.DirectMethodHandleDesc;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The classes of a plugin that its provider reaches: those that its code mentions, those that their
 * code mentions, and so on, as far as they lie in the plugin.
 */
final class Reach {
  private static final Set<String> EXITS =
      Set.of("java/lang/System.exit", "java/lang/Runtime.exit", "java/lang/Runtime.halt");

  private final PluginSubject subject;
  private final Deque<String> open = new ArrayDeque<>();
  private final Set<String> seen = new TreeSet<>();
  private final List<String> exits = new ArrayList<>();

  private Reach(PluginSubject subject) {
    this.subject = subject;
  }

  /**
   * Follows what the subject's provider mentions.
   *
   * @throws NotRun if its class cannot be read
   */
  static Reach of(PluginSubject subject) throws IOException {
    Reach reach = new Reach(subject);
    reach.mention(subject.candidate().type().getName().replace('.', '/'));
    int read = 0;
    while (!reach.open.isEmpty()) {
      byte[] bytes = reach.bytes(reach.open.remove());
      if (bytes != null) {
        reach.read(ClassFile.of().parse(bytes));
        read++;
      }
    }
    if (read == 0) {
      throw NotRun.because(
          "the class file of " + subject.candidate().type().getName() + " cannot be read");
    }
    return reach;
  }

  /** The places that end the JVM, in words. */
  List<String> exits() {
    return exits;
  }

  /** A class of the plugin's own; null if it is another's. */
  private byte @Nullable [] bytes(String internalName) throws IOException {
    Module module = subject.candidate().type().getModule();
    if (!module.isNamed()) {
      return Artefact.of(subject).read(internalName + ".class");
    }
    try (InputStream in = module.getResourceAsStream(internalName + ".class")) {
      return in == null ? null : in.readAllBytes();
    }
  }

  private void mention(String internalName) {
    if (!internalName.startsWith("java/") && seen.add(internalName)) {
      open.add(internalName);
    }
  }

  private void read(ClassModel model) {
    model.superclass().map(ClassEntry::asInternalName).ifPresent(this::mention);
    model.interfaces().forEach(entry -> mention(entry.asInternalName()));
    for (MethodModel method : model.methods()) {
      method.code().ifPresent(code -> read(model, method, code));
    }
  }

  private void read(ClassModel model, MethodModel method, CodeModel code) {
    for (CodeElement element : code) {
      switch (element) {
        case InvokeInstruction call -> {
          String owner = call.owner().asInternalName();
          String called = owner + "." + call.name().stringValue();
          if (EXITS.contains(called)) {
            exits.add(
                model.thisClass().asInternalName().replace('/', '.')
                    + "."
                    + method.methodName().stringValue()
                    + " calls "
                    + called.replace('/', '.'));
          }
          mention(owner);
        }
        case FieldInstruction field -> mention(field.owner().asInternalName());
        case NewObjectInstruction made -> mention(made.className().asInternalName());
        case InvokeDynamicInstruction dynamic -> read(dynamic);
        default -> {}
      }
    }
  }

  /** Lambdas and method references. */
  private void read(InvokeDynamicInstruction dynamic) {
    for (Object argument : dynamic.bootstrapArgs()) {
      if (argument instanceof DirectMethodHandleDesc handle) {
        String owner = handle.owner().descriptorString();
        mention(owner.substring(1, owner.length() - 1));
      }
    }
  }
}
