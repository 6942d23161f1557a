package fluxion.engine.spi;

import fluxion.api.PluginException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.CodeSource;
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
 *
 * <p>A provider with many such tables, each in a class of its own, asks before each whether it is
 * to be {@link #reads read}: {@code if (table.reads("Squares")) Squares.lines(table)}. Then an
 * operator that is asked for costs its own table's class alone. Where the provider's jar has an
 * {@link #index}, which a build writes, the names cost no table's class at all.
 */
public final class Catalogue {
  /** The lines of a provider, without a class that the JVM would make for each provider. */
  private record Lines(FunctionProvider provider) implements Consumer<Catalogue> {
    @Override
    public void accept(Catalogue table) {
      provider.lines(table);
    }
  }

  private final Consumer<Catalogue> lines;

  /** The table of each name, where the provider has several. */
  private final Map<String, String> tables = new HashMap<>();

  private final Map<String, Operator> made = new HashMap<>();
  private final List<Operator> operators = new ArrayList<>();

  /** The operator that is asked for; null while the names are read. */
  private @Nullable String wanted;

  private String line = "";

  /** The table that is being read, or the empty text. */
  private String reading = "";

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
   * {@return the operators of a provider's lines, of which none is put together yet}
   *
   * <p>Their names come from the index in the provider's jar. Where there is none, and where the
   * provider is in a folder of classes, whose index may be older than they are, the lines are gone
   * through.
   *
   * @param provider the provider
   */
  public static List<Operator> of(FunctionProvider provider) {
    Catalogue catalogue = new Catalogue(new Lines(provider));
    String index = indexOf(provider.getClass());
    if (index == null) {
      provider.lines(catalogue);
    } else {
      catalogue.readNames(index);
    }
    return List.copyOf(catalogue.operators);
  }

  /**
   * {@return the names of some operators with their tables, as the resource {@code
   * META-INF/fluxion/CLASS.operators} of the provider's jar has them: for each table a line of
   * words with a space between them, its name first}
   *
   * @param operators the operators of a provider of lines
   */
  public static String index(List<Operator> operators) {
    StringBuilder text = new StringBuilder();
    String table = null;
    for (Operator operator : operators) {
      Catalogue from = operator.catalogue();
      String own = from == null ? "" : from.tables.getOrDefault(operator.name(), "");
      if (!own.equals(table)) {
        text.append(table == null ? "" : "\n").append(own);
        table = own;
      }
      text.append(' ').append(operator.name());
    }
    return text.append('\n').toString();
  }

  private static @Nullable String indexOf(Class<?> provider) {
    CodeSource source = provider.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return null;
    }
    if (source.getLocation().getPath().endsWith("/")) {
      return null; // a folder
    }
    String name = "/META-INF/fluxion/".concat(provider.getName()).concat(".operators");
    try (InputStream in = provider.getResourceAsStream(name)) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      // the lines say the same, a little later
      return null;
    }
  }

  private void readNames(String index) {
    for (String line : index.split("\n", -1)) {
      int space = line.indexOf(' ');
      reading = space < 0 ? line : line.substring(0, space);
      while (space >= 0) {
        int next = line.indexOf(' ', space + 1);
        has(line.substring(space + 1, next < 0 ? line.length() : next));
        space = next;
      }
    }
    reading = "";
  }

  /**
   * {@return whether the lines of a table are to be gone through: always while the names are read,
   * then where the operator that is asked for is among them}
   *
   * @param table the table's name, which no other of the provider has
   */
  public boolean reads(String table) {
    if (wanted == null) {
      reading = table;
      return true;
    }
    return table.equals(tables.get(wanted));
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
      if (!reading.isEmpty()) {
        tables.put(name, reading);
      }
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
