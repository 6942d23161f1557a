package fluxion.backend.cpu.codegen;

import fluxion.backend.cpu.kernel.ColumnStep;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.Kernel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Cuts a kernel into stages.
 *
 * <p>A kernel that vectors can compute wholly is one stage, and so is one that they hardly can.
 * Others alternate: the loads, operations and stores that vectors cannot do have scalar stages of
 * their own. Stages whose code would be too long are cut again.
 */
final class Planner {
  /**
   * With fewer operations for vectors, short rows lose more by scratch arrays than long ones gain.
   */
  private static final int WORTH_SCRATCH = 3;

  /** Bytes of code for an operand's address at the head of a method and its use. */
  private static final int OPERAND_COST = 45;

  private final Kernel kernel;
  private final ColumnStep[] steps;
  private final Vectorization vectors;
  private final int budget;
  private final List<Stage> stages = new ArrayList<>();
  private final Map<Expr, Integer> home = new HashMap<>();

  private Planner(Kernel kernel, ColumnStep[] steps, int budget) {
    this.kernel = kernel;
    this.steps = steps;
    this.vectors = new Vectorization(kernel, steps);
    this.budget = budget;
  }

  /**
   * {@return a plan of a kernel}
   *
   * @param kernel a kernel without indices
   * @param steps the operands' column steps
   * @param budget about how many bytes of code a stage may have
   */
  static Plan plan(Kernel kernel, ColumnStep[] steps, int budget) {
    return new Planner(kernel, steps, budget).plan();
  }

  /**
   * {@return a plan of a kernel without vectors}
   *
   * @param kernel a kernel without indices
   * @param steps the operands' column steps
   * @param budget about how many bytes of code a stage may have
   */
  static Plan planScalar(Kernel kernel, ColumnStep[] steps, int budget) {
    return new Planner(kernel, steps, budget).planOne(false);
  }

  private Plan plan() {
    int apt = 0;
    int inapt = 0;
    for (Expr node : kernel.nodes()) {
      if (!vectors.takes(node)) {
        inapt++;
      } else if (node.arity() > 0) {
        apt++;
      }
    }
    for (int i = 0; i < kernel.outputs().size(); i++) {
      inapt += vectors.takesOutput(i) ? 0 : 1;
    }
    boolean staged = inapt > 0 && apt >= WORTH_SCRATCH;
    if (!staged) {
      return planOne(inapt == 0);
    }
    phases().forEach((phase, nodes) -> cut(phase % 2 == 1, nodes));
    return finish(true, false);
  }

  /** Has everything computed in one way. */
  private Plan planOne(boolean vector) {
    cut(vector, kernel.nodes().stream().filter(node -> node.arity() > 0).toList());
    return finish(false, vector);
  }

  private Plan finish(boolean staged, boolean vector) {
    if (stages.isEmpty()) {
      stages.add(new Stage(vector, new ArrayList<>(), new ArrayList<>()));
    }
    place(staged, vector);
    return Plan.of(kernel, steps, vectors.lanes(), stages, scratch());
  }

  /** Groups nodes by the earliest phase that can compute them, in order; odd ones are vectors'. */
  private Map<Integer, List<Expr>> phases() {
    Map<Expr, Integer> phase = new HashMap<>();
    TreeMap<Integer, List<Expr>> groups = new TreeMap<>();
    for (Expr node : kernel.nodes()) {
      boolean apt = vectors.takes(node);
      if (node.arity() == 0 && apt) {
        continue;
      }
      int earliest = 0;
      for (int i = 0; i < node.arity(); i++) {
        earliest = Math.max(earliest, phase.getOrDefault(node.operand(i), 0));
      }
      if (earliest % 2 != (apt ? 1 : 0)) {
        earliest++;
      }
      phase.put(node, earliest);
      groups.computeIfAbsent(earliest, p -> new ArrayList<>()).add(node);
    }
    return groups;
  }

  /** Adds stages that compute some nodes. */
  private void cut(boolean vector, List<Expr> nodes) {
    List<Expr> chunk = new ArrayList<>();
    Set<Expr> seen = new HashSet<>();
    int cost = 0;
    for (Expr node : nodes) {
      int more = cost(node, vector) + OPERAND_COST * (node.arity() == 0 ? 2 : 0);
      for (int i = 0; i < node.arity(); i++) {
        more += seen.contains(node.operand(i)) ? 0 : OPERAND_COST;
      }
      if (cost + more > budget && !chunk.isEmpty()) {
        stages.add(new Stage(vector, chunk, new ArrayList<>()));
        chunk = new ArrayList<>();
        seen.clear();
        cost = 0;
        more = cost(node, vector) + OPERAND_COST * node.arity();
      }
      chunk.add(node);
      seen.add(node);
      seen.addAll(node.operands());
      cost += more;
    }
    if (!chunk.isEmpty()) {
      stages.add(new Stage(vector, chunk, new ArrayList<>()));
    }
  }

  /** Bytes of code of a node, about. */
  private static int cost(Expr node, boolean vector) {
    if (!vector) {
      return 20;
    }
    return switch (node.op()) {
      case CAST -> node.operand(0).type().isFloatingPoint() ? 120 : 40;
      default -> 16;
    };
  }

  /** Gives each output to a stage that stores it: the last that computes, or one after it. */
  private void place(boolean staged, boolean vector) {
    int last = stages.size() - 1;
    int[] open = {last, last}; // where scalars and vectors are stored
    int most = Math.max(budget / (2 * OPERAND_COST), 1);
    for (int i = 0; i < kernel.outputs().size(); i++) {
      boolean inVector = staged ? vectors.takesOutput(i) : vector;
      int kind = inVector ? 1 : 0;
      Stage at = stages.get(open[kind]);
      if (at.vector() != inVector || at.stores().size() >= most) {
        at = new Stage(inVector, new ArrayList<>(), new ArrayList<>());
        open[kind] = stages.size();
        stages.add(at);
      }
      at.stores().add(new Stage.Store(kernel.output(i), i));
    }
    copyInputs(last, vector);
    for (int s = 0; s < stages.size(); s++) {
      for (Expr node : stages.get(s).nodes()) {
        home.put(node, s);
      }
    }
  }

  /** Has inputs that stages after the last one that computes store copied before everything. */
  private void copyInputs(int last, boolean vector) {
    Set<Expr> copied = new LinkedHashSet<>();
    for (Stage stage : stages.subList(last + 1, stages.size())) {
      for (Stage.Store store : stage.stores()) {
        if (store.value().op() == ExprOp.INPUT) {
          copied.add(store.value());
        }
      }
    }
    stages.forEach(stage -> copied.removeAll(stage.nodes()));
    List<Stage> others = List.copyOf(stages);
    stages.clear();
    cut(vector, List.copyOf(copied));
    stages.addAll(others);
  }

  /** Finds the values that a stage reads and an earlier one computed. */
  private Map<Expr, Plan.Place> scratch() {
    Map<Expr, Plan.Place> places = new LinkedHashMap<>();
    for (int s = 0; s < stages.size(); s++) {
      Set<Expr> read = new LinkedHashSet<>();
      stages.get(s).nodes().forEach(node -> read.addAll(node.operands()));
      stages.get(s).stores().forEach(store -> read.add(store.value()));
      for (Expr value : read) {
        Integer computed = home.get(value);
        if (computed != null && computed < s) {
          places.putIfAbsent(value, new Plan.Place(places.size(), computed));
        }
      }
    }
    return places;
  }
}
