package fluxion.examples.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options that a command takes: flags such as {@code --verbose}, and options with a value,
 * written {@code --epochs 5} or {@code --epochs=5}. Every command has {@code --help} and {@code
 * --verbose}.
 */
public final class Options {
  private record Option(@Nullable String placeholder, @Nullable String fallback, String help) {
    boolean takesValue() {
      return placeholder != null;
    }
  }

  private final String command;
  private final String summary;
  private final Map<String, Option> options = new LinkedHashMap<>();

  /**
   * Begins with a command that takes no option of its own.
   *
   * @param command its name
   * @param summary what it does, a sentence or more
   */
  public Options(String command, String summary) {
    this.command = command;
    this.summary = summary;
  }

  /** {@return the command's name} */
  public String command() {
    return command;
  }

  /**
   * Adds an option that takes a value.
   *
   * @param name its name, with the dashes
   * @param placeholder what stands for the value in the help
   * @param fallback the value where none is given, or null for none
   * @param help what it does
   * @return these options
   */
  public Options value(String name, String placeholder, @Nullable String fallback, String help) {
    options.put(name, new Option(placeholder, fallback, help));
    return this;
  }

  /**
   * Adds an option without a value.
   *
   * @param name its name, with the dashes
   * @param help what it does
   * @return these options
   */
  public Options flag(String name, String help) {
    options.put(name, new Option(null, null, help));
    return this;
  }

  private Map<String, Option> all() {
    Map<String, Option> all = new LinkedHashMap<>(options);
    all.put("--verbose", new Option(null, null, "say more; on errors, where they came from"));
    all.put("--help", new Option(null, null, "print this and do nothing"));
    return all;
  }

  /**
   * {@return what a command line says}
   *
   * @param args the command line; of an option given twice the last counts
   * @throws UsageException if it holds anything that is no option, or an option without its value
   */
  public Arguments parse(String... args) {
    Map<String, Option> all = all();
    Map<String, String> given = new LinkedHashMap<>();
    all.forEach(
        (name, option) -> {
          if (option.fallback() != null) {
            given.put(name, option.fallback());
          }
        });
    for (int i = 0; i < args.length; i++) {
      int equals = args[i].startsWith("--") ? args[i].indexOf('=') : -1;
      String name = equals < 0 ? args[i] : args[i].substring(0, equals);
      Option option = all.get(name.equals("-h") ? "--help" : name);
      if (option == null) {
        String kind = name.startsWith("-") ? "option" : "argument";
        throw new UsageException(
            "no " + kind + " '" + name + "'; the options are " + String.join(" ", all.keySet()));
      }
      if (!option.takesValue()) {
        if (equals >= 0) {
          throw new UsageException(name + " takes no value");
        }
        given.put(name.equals("-h") ? "--help" : name, "");
      } else if (equals >= 0) {
        given.put(name, args[i].substring(equals + 1));
      } else if (i + 1 < args.length && !all.containsKey(args[i + 1])) {
        given.put(name, args[++i]);
      } else {
        throw new UsageException(name + " needs a value: " + name + " " + option.placeholder());
      }
    }
    return new Arguments(given);
  }

  /** {@return the text that {@code --help} prints} */
  public String help() {
    List<String[]> rows = new ArrayList<>();
    int width = 0;
    for (Map.Entry<String, Option> entry : all().entrySet()) {
      Option option = entry.getValue();
      String left =
          option.takesValue() ? entry.getKey() + " " + option.placeholder() : entry.getKey();
      String right =
          option.fallback() == null
              ? option.help()
              : option.help() + " (default " + option.fallback() + ")";
      rows.add(new String[] {left, right});
      width = Math.max(width, left.length());
    }
    StringBuilder text = new StringBuilder("usage: fluxion " + command + " [OPTION...]\n\n");
    text.append(summary).append("\n\n");
    for (String[] row : rows) {
      text.append(String.format(Locale.ROOT, "  %-" + width + "s  %s%n", row[0], row[1]));
    }
    return text.toString();
  }
}
