package fluxion.conformance.fuzz.program;

import fluxion.api.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Makes a failing program small: fewer outputs, fewer statements, calls replaced by their
 * arguments, then plainer values. Each step is kept if the program still fails.
 */
final class ProgramMinimiser {
  private final Predicate<Program> fails;
  private int tries;

  /**
   * Takes the judge.
   *
   * @param fails whether a program fails as the first one does
   * @param tries how many programs it may be asked about
   */
  ProgramMinimiser(Predicate<Program> fails, int tries) {
    this.fails = fails;
    this.tries = tries;
  }

  /** The smallest program that was found. */
  Program minimise(Program program) {
    Program smallest = program;
    Program before;
    do {
      before = smallest;
      smallest = fewerOutputs(smallest);
      smallest = fewerStatements(smallest);
      smallest = plainerLeaves(smallest);
    } while (!smallest.equals(before) && tries > 0);
    return smallest;
  }

  private boolean keeps(Program candidate) {
    return tries-- > 0 && fails.test(candidate);
  }

  private Program fewerOutputs(Program program) {
    Program smallest = program;
    Program none = new Program(program.statements(), List.of());
    if (!program.outputs().isEmpty() && keeps(none)) {
      return none;
    }
    for (int output : program.outputs()) {
      List<Integer> outputs = new ArrayList<>(smallest.outputs());
      outputs.remove(Integer.valueOf(output));
      Program candidate = new Program(smallest.statements(), outputs);
      if (!outputs.isEmpty() && keeps(candidate)) {
        smallest = candidate;
      }
    }
    return smallest;
  }

  private Program fewerStatements(Program program) {
    Program smallest = program;
    for (int i = program.statements().size() - 1; i >= 0; i--) {
      if (i < smallest.statements().size()) {
        smallest = without(smallest, i);
      }
    }
    return smallest;
  }

  /** Without a statement, whose tensor is replaced by an argument of it or by nothing. */
  private Program without(Program program, int dropped) {
    List<Integer> replacements = new ArrayList<>();
    boolean used = program.outputs().contains(dropped);
    for (Statement statement : program.statements()) {
      used |= statement instanceof Statement.Call call && call.slots().contains(dropped);
    }
    if (!used) {
      replacements.add(-1);
    } else if (program.statements().get(dropped) instanceof Statement.Call call) {
      replacements.addAll(new TreeSet<>(call.slots()));
    }
    for (int replacement : replacements) {
      Program candidate = dropped(program, dropped, replacement);
      if (keeps(candidate)) {
        return candidate;
      }
    }
    return program;
  }

  private static Program dropped(Program program, int dropped, int replacement) {
    List<Statement> statements = new ArrayList<>();
    for (int i = 0; i < program.statements().size(); i++) {
      if (i != dropped) {
        statements.add(
            program.statements().get(i) instanceof Statement.Call call
                ? renumbered(call, dropped, replacement)
                : program.statements().get(i));
      }
    }
    TreeSet<Integer> outputs = new TreeSet<>();
    for (int output : program.outputs()) {
      outputs.add(renumbered(output, dropped, replacement));
    }
    return new Program(statements, List.copyOf(outputs));
  }

  private static int renumbered(int slot, int dropped, int replacement) {
    int kept = slot == dropped ? replacement : slot;
    return kept > dropped ? kept - 1 : kept;
  }

  private static Statement renumbered(Statement.Call call, int dropped, int replacement) {
    List<Argument> arguments = new ArrayList<>();
    for (Argument argument : call.arguments()) {
      arguments.add(
          switch (argument) {
            case Argument.Slot(int index) ->
                new Argument.Slot(renumbered(index, dropped, replacement));
            case Argument.Slots(List<Integer> indices) ->
                new Argument.Slots(
                    indices.stream().map(i -> renumbered(i, dropped, replacement)).toList());
            case Argument.Value value -> value;
          });
    }
    return new Statement.Call(
        call.operator(), arguments, call.named(), call.result(), call.sampled());
  }

  private Program plainerLeaves(Program program) {
    Program smallest = program;
    for (int i = 0; i < program.statements().size(); i++) {
      if (program.statements().get(i) instanceof Statement.Leaf leaf) {
        smallest = plainer(smallest, i, leaf);
      }
    }
    return smallest;
  }

  private Program plainer(Program program, int at, Statement.Leaf leaf) {
    List<Statement.Leaf> candidates = new ArrayList<>();
    int count = leaf.values().size();
    if (count > 1) {
      candidates.add(
          new Statement.Leaf(
              leaf.dtype(), Shape.SCALAR, leaf.values().subList(0, 1), leaf.requiresGrad()));
    }
    for (int d = 0; d < leaf.shape().dim(); d++) {
      if (leaf.shape().size(d) > 1) {
        Shape smaller = leaf.shape().with(d, leaf.shape().size(d) / 2);
        candidates.add(
            new Statement.Leaf(
                leaf.dtype(),
                smaller,
                leaf.values().subList(0, (int) smaller.numel()),
                leaf.requiresGrad()));
      }
    }
    candidates.add(with(leaf, Collections.nCopies(count, 1.0)));
    candidates.add(with(leaf, leaf.values().stream().map(Math::rint).toList()));
    for (Statement.Leaf candidate : candidates) {
      if (!candidate.equals(leaf)) {
        List<Statement> statements = new ArrayList<>(program.statements());
        statements.set(at, candidate);
        Program changed = new Program(statements, program.outputs());
        if (keeps(changed)) {
          return changed;
        }
      }
    }
    return program;
  }

  private static Statement.Leaf with(Statement.Leaf leaf, List<Double> values) {
    return new Statement.Leaf(leaf.dtype(), leaf.shape(), values, leaf.requiresGrad());
  }
}
