package fluxion.engine.spi;

import fluxion.api.PluginException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Operators that are put together one by one, each when it is first asked for.
 *
 * <p>A provider with many operators writes its table as a method that goes through lines:
 *
 * <pre>{@code
 * static void lines(Catalogue table) {
 *   if (table.has("square")) table.add(Operator.unary(SQUARE));
 *   if (table.has("cube")) table.add(Operator.named("cube").overload(…));
 * }
 * }</pre>
 *
 * <p>The method runs once for the names, when {@link #has} is always false, and once more for each
 * operator that is asked for, when it is true for that line alone. So a program pays for the
 * operators that it calls: each lambda that a line mentions is a class, which the JVM makes when
 * the line runs, and a few hundred of them take longer than all else that starts. The names must
 * not depend on anything; keep the method in a class without other static state, as that would be
 * initialised with it.
 */
public final class Catalogue {
  private final Consumer<Catalogue> lines;
  private final Map<String, Operator> made = new HashMap<>();
  private final List<Operator> operators = new ArrayList<>();

  /** The operator that is asked for; null while the names are read. */
  private @Nullable String wanted;

  private String line = "";

  private Catalogue(Consumer<Catalogue> lines) {
    this.lines = lines;
  }

  /**
   * {@return the operators of a table, of which none is put together yet}
   *
   * @param lines goes through the table's lines
   */
  public static List<Operator> of(Consumer<Catalogue> lines) {
    Catalogue catalogue = new Catalogue(lines);
    lines.accept(catalogue);
    return List.copyOf(catalogue.operators);
  }

  /**
   * {@return whether the operator of a line is asked for, which the line then has to add}
   *
   * @param name the operator's name
   */
  public boolean has(String name) {
    line = name;
    if (wanted == null) {
      operators.add(new Operator(name, this));
      return false;
    }
    return wanted.equals(name);
  }

  /**
   * {@return whether an operator or its in-place form is asked for; the line then has to add both}
   *
   * @param name the operator's name; that of the in-place form has an underscore more
   */
  public boolean hasBoth(String name) {
    boolean itself = has(name);
    boolean inPlace = has(name.concat("_"));
    line = name;
    return itself || inPlace;
  }

  /**
   * A line for an operator and its in-place form, which are others of this table under further
   * names.
   *
   * @param name the further name; that of the in-place form has an underscore more
   * @param of the name under which the operator itself is in the table
   */
  public void aliasBoth(String name, String of) {
    alias(name, of);
    alias(name.concat("_"), of.concat("_"));
  }

  /**
   * A line for an operator that is another of this table under a further name.
   *
   * @param name the further name
   * @param of the name under which the operator itself is in the table
   */
  public void alias(String name, String of) {
    if (has(name)) {
      add(make(of).alias(name));
    }
  }

  /** {@return the name of the line that was asked about last} */
  public String line() {
    return line;
  }

  /**
   * Adds the operator of a line.
   *
   * @param operator the operator
   */
  public void add(Operator operator) {
    made.put(operator.name(), operator);
  }

  /**
   * Adds an operator and its in-place form.
   *
   * @param both the two
   */
  public void add(List<Operator> both) {
    for (Operator operator : both) {
      add(operator);
    }
  }

  /** Puts an operator together; it is the same for every caller. */
  synchronized Operator make(String name) {
    Operator known = made.get(name);
    if (known == null) {
      String outer = wanted;
      wanted = name;
      try {
        lines.accept(this);
      } finally {
        wanted = outer;
      }
      known = made.get(name);
    }
    if (known == null) {
      throw new PluginException("the line of operator '" + name + "' adds none of that name");
    }
    return known;
  }
}
