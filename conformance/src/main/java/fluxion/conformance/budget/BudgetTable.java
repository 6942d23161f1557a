package fluxion.conformance.budget;

import fluxion.api.DType;
import fluxion.api.FormatException;
import fluxion.conformance.Profile;
import fluxion.engine.spi.ExprOp;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the table of budgets: lines of columns in sections.
 *
 * <p>{@code [functions]}: operations separated by commas, dtype, profile, primary ranges, units
 * there, units elsewhere, floor. {@code [sums]}: what is summed, profile, the most terms that are
 * added one after another before the partial sums are added in a tree. {@code [operators]}: names
 * separated by commas or {@code *} for all others, profile, and the units of relative, spread and
 * absolute error. A {@code *} for the dtype or the profile stands for each; what stands for itself
 * goes before. Text after {@code #} is a comment.
 */
final class BudgetTable {
  private record Function(ExprOp op, DType dtype, Profile profile) {}

  private final Map<Function, Budget> functions = new HashMap<>();
  private final Map<String, Map<Profile, Long>> blocks = new HashMap<>();
  private final Map<String, Map<Profile, double[]>> operators = new HashMap<>();

  private BudgetTable() {}

  static BudgetTable parse(String text) {
    BudgetTable table = new BudgetTable();
    String section = "";
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String content =
          (line.indexOf('#') < 0 ? line : line.substring(0, line.indexOf('#'))).strip();
      if (content.startsWith("[")) {
        section = content;
      } else if (!content.isEmpty()) {
        try {
          table.add(section, content.split("\\s+"));
        } catch (IllegalArgumentException e) {
          throw new FormatException(
              "line %d of the error budgets, '%s', is malformed: %s"
                  .formatted(number, content, e.getMessage()),
              e);
        }
      }
    }
    return table;
  }

  private void add(String section, String[] columns) {
    switch (section) {
      case "[functions]" -> addFunctions(columns);
      case "[sums]" -> {
        require(columns, 3);
        long block = columns[2].equals("all") ? Long.MAX_VALUE : Long.parseLong(columns[2]);
        for (Profile profile : profiles(columns[1])) {
          put(blocks, columns[0], profile, block);
        }
      }
      case "[operators]" -> {
        require(columns, 5);
        double[] units = {units(columns[2]), units(columns[3]), units(columns[4])};
        for (String name : columns[0].split(",", -1)) {
          for (Profile profile : profiles(columns[1])) {
            put(operators, name, profile, units);
          }
        }
      }
      default -> throw new IllegalArgumentException("there is no section '" + section + "'");
    }
  }

  private void addFunctions(String[] columns) {
    require(columns, 7);
    List<Interval> primary = ranges(columns[3]);
    double near = units(columns[4]);
    double far = units(columns[5]);
    double floor = units(columns[6]);
    for (String name : columns[0].split(",", -1)) {
      ExprOp op = ExprOp.valueOf(name.toUpperCase(Locale.ROOT));
      if (!primary.isEmpty() && primary.size() != op.arity()) {
        throw new IllegalArgumentException(
            name + " has " + op.arity() + " operands, not " + primary.size());
      }
      for (DType dtype : dtypes(columns[1])) {
        for (Profile profile : profiles(columns[2])) {
          Function key = new Function(op, dtype, profile);
          Budget budget = new Budget(op, dtype, profile, primary, near, far, floor);
          if (functions.putIfAbsent(key, budget) != null) {
            throw new IllegalArgumentException("it states again what a line before it states");
          }
        }
      }
    }
  }

  private static <V> void put(
      Map<String, Map<Profile, V>> map, String name, Profile profile, V value) {
    if (map.computeIfAbsent(name, key -> new EnumMap<>(Profile.class)).putIfAbsent(profile, value)
        != null) {
      throw new IllegalArgumentException("it states again what a line before it states");
    }
  }

  private static void require(String[] columns, int count) {
    if (columns.length != count) {
      throw new IllegalArgumentException(
          "expected %d columns, found %d".formatted(count, columns.length));
    }
  }

  private static List<DType> dtypes(String column) {
    return column.equals("*")
        ? List.of(DType.FLOAT32, DType.FLOAT64)
        : List.of(DType.valueOf(column.toUpperCase(Locale.ROOT)));
  }

  private static List<Profile> profiles(String column) {
    return column.equals("*")
        ? List.of(Profile.values())
        : List.of(Profile.valueOf(column.toUpperCase(Locale.ROOT)));
  }

  private static double units(String column) {
    double units = Double.parseDouble(column);
    if (!(units >= 0)) {
      throw new IllegalArgumentException(column + " is no number of units");
    }
    return units;
  }

  /** Ranges such as {@code 0.5..2} or, of two operands, {@code 0.5..2,-1..1}. */
  private static List<Interval> ranges(String column) {
    List<Interval> ranges = new ArrayList<>();
    if (!column.equals("*")) {
      for (String range : column.split(",", -1)) {
        int dots = range.indexOf("..");
        if (dots < 0) {
          throw new IllegalArgumentException("'" + range + "' is no range such as 0.5..2");
        }
        ranges.add(
            new Interval(
                Double.parseDouble(range.substring(0, dots)),
                Double.parseDouble(range.substring(dots + 2))));
      }
    }
    return ranges;
  }

  @Nullable Budget function(ExprOp op, DType dtype, Profile profile) {
    return functions.get(new Function(op, dtype, profile));
  }

  long block(String kind, Profile profile) {
    return require(blocks.getOrDefault(kind, Map.of()).get(profile), kind, profile);
  }

  double[] operator(String name, Profile profile) {
    Map<Profile, double[]> others = operators.getOrDefault("*", Map.of());
    double[] own = operators.getOrDefault(name, Map.of()).get(profile);
    return own != null ? own.clone() : require(others.get(profile), name, profile).clone();
  }

  private static <V> V require(@Nullable V value, String name, Profile profile) {
    if (value == null) {
      throw new FormatException(
          "the error budgets have no line for '" + name + "', profile " + profile);
    }
    return value;
  }
}
