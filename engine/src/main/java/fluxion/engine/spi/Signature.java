package fluxion.engine.spi;

import fluxion.api.FormatException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an operator is called by name, written as PyTorch writes it: {@code clamp(Tensor self,
 * Scalar? min=None, Scalar? max=None)}. Parameters after a {@code *} are given by name only.
 *
 * @param name the operator's name
 * @param parameters its parameters, in order
 */
public record Signature(String name, List<Parameter> parameters) {
  /** What a parameter takes. */
  public enum Type {
    /** A tensor. */
    TENSOR("Tensor"),
    /** Tensors. */
    TENSORS("Tensor[]"),
    /** Tensors, some of which may be absent. */
    OPTIONAL_TENSORS("Tensor?[]"),
    /** A number of any kind. */
    SCALAR("Scalar"),
    /** An integer. */
    INT("int"),
    /** Integers; one alone is taken, too. */
    INTS("int[]"),
    /** Lists of integers. */
    INT_LISTS("int[][]"),
    /** Integers, some of which may be absent (null); one alone is taken, too. */
    OPTIONAL_INTS("int?[]"),
    /** Numbers as float64; one alone is taken, too. */
    FLOATS("float[]"),
    /** A float64. */
    FLOAT("float"),
    /** A truth value. */
    BOOL("bool"),
    /** A text. */
    STRING("str"),
    /** A dtype. */
    DTYPE("ScalarType");

    private final String text;

    Type(String text) {
      this.text = text;
    }
  }

  /**
   * One parameter.
   *
   * @param name its name
   * @param type what it takes
   * @param optional whether it may be absent (null)
   * @param defaultText the value where it is not given, as written; null if it must be given
   * @param keywordOnly whether it is given by name only
   */
  public record Parameter(
      String name, Type type, boolean optional, @Nullable String defaultText, boolean keywordOnly) {
    @Override
    public String toString() {
      return type.text
          + (optional ? "?" : "")
          + " "
          + name
          + (defaultText == null ? "" : "=" + defaultText);
    }
  }

  /** Copies the list. */
  public Signature {
    parameters = List.copyOf(parameters);
  }

  /**
   * {@return the signature that a text says}
   *
   * @param text name and parameters
   * @throws FormatException if it is not of that form
   */
  public static Signature parse(String text) {
    int open = text.indexOf('(');
    if (open < 1 || !text.endsWith(")")) {
      throw new FormatException("'" + text + "' is no signature: expected name(Type name, …)");
    }
    String name = text.substring(0, open);
    String body = text.substring(open + 1, text.length() - 1).trim();
    List<Parameter> parameters = new ArrayList<>();
    boolean keywordOnly = false;
    for (String part : split(body)) {
      if (part.equals("*")) {
        keywordOnly = true;
      } else {
        parameters.add(parameter(text, part, keywordOnly));
      }
    }
    return new Signature(name, parameters);
  }

  private static List<String> split(String body) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (c == '[') {
        depth++;
      } else if (c == ']') {
        depth--;
      } else if (c == ',' && depth == 0) {
        parts.add(body.substring(from, i).trim());
        from = i + 1;
      }
    }
    if (!body.isEmpty()) {
      parts.add(body.substring(from).trim());
    }
    return parts;
  }

  private static Parameter parameter(String text, String part, boolean keywordOnly) {
    int space = part.indexOf(' ');
    if (space < 0) {
      throw new FormatException("in '" + text + "': '" + part + "' lacks a type or a name");
    }
    String type = part.substring(0, space);
    String rest = part.substring(space + 1).trim();
    boolean optional = type.endsWith("?");
    String bare = optional ? type.substring(0, type.length() - 1) : type;
    int equals = rest.indexOf('=');
    String name = equals < 0 ? rest : rest.substring(0, equals);
    String defaultText = equals < 0 ? null : rest.substring(equals + 1);
    for (Type known : Type.values()) {
      if (known.text.equals(bare)) {
        return new Parameter(name, known, optional, defaultText, keywordOnly);
      }
    }
    throw new FormatException("in '" + text + "': there is no parameter type '" + bare + "'");
  }

  /** {@return the signature as it is written} */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name).append('(');
    boolean star = false;
    for (int i = 0; i < parameters.size(); i++) {
      text.append(i == 0 ? "" : ", ");
      if (parameters.get(i).keywordOnly() && !star) {
        text.append("*, ");
        star = true;
      }
      text.append(parameters.get(i));
    }
    return text.append(')').toString();
  }
}
