package fluxion.examples.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What a command line says, read as the kinds of value that are wanted. */
public final class Arguments {
  private final Map<String, String> given;

  Arguments(Map<String, String> given) {
    this.given = Map.copyOf(given);
  }

  /**
   * {@return whether an option was given, or has a default}
   *
   * @param name its name, with the dashes
   */
  public boolean has(String name) {
    return given.containsKey(name);
  }

  /**
   * {@return an option's value, if it was given or has a default}
   *
   * @param name its name, with the dashes
   */
  public Optional<String> text(String name) {
    return Optional.ofNullable(given.get(name));
  }

  /**
   * {@return an option's value as a path, if it was given or has a default}
   *
   * @param name its name, with the dashes
   * @throws UsageException if it cannot be the name of a file
   */
  public Optional<Path> path(String name) {
    return text(name).map(text -> path(name, text));
  }

  private static Path path(String name, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new UsageException(name + " expects a path, not '" + text + "'", e);
    }
  }

  /**
   * {@return an option's value as a path}
   *
   * @param name its name, with the dashes
   * @throws UsageException if it was not given, or cannot be the name of a file
   */
  public Path requiredPath(String name) {
    return path(name, required(name));
  }

  /**
   * {@return an option's value as a whole number}
   *
   * @param name its name, with the dashes
   * @param least the least that is allowed
   * @param most the most that is allowed
   * @throws UsageException if it is no whole number, or out of range
   */
  public long wholeNumber(String name, long least, long most) {
    String text = required(name);
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    throw new UsageException(
        name + " expects a whole number from " + least + " to " + most + ", not '" + text + "'");
  }

  /**
   * {@return an option's value as a number above 0}
   *
   * @param name its name, with the dashes
   * @throws UsageException if it is no number, infinite, or not above 0
   */
  public double positive(String name) {
    String text = required(name);
    try {
      double number = Double.parseDouble(text);
      if (number > 0 && Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    throw new UsageException(name + " expects a number above 0, not '" + text + "'");
  }

  private String required(String name) {
    return text(name).orElseThrow(() -> new UsageException(name + " is needed"));
  }
}
