package fluxion.engine.registry;

import fluxion.api.Plugin;
import fluxion.api.PluginException;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What providers of operators are asked, and whether their operators can be called. */
final class OperatorService implements Service<FunctionProvider, Operator> {
  @Override
  public Class<FunctionProvider> type() {
    return FunctionProvider.class;
  }

  @Override
  public Plugin.Kind kind() {
    return Plugin.Kind.OPERATORS;
  }

  @Override
  public int spiVersion(FunctionProvider provider) {
    return provider.spiVersion();
  }

  @Override
  public String name(FunctionProvider provider) {
    return provider.name();
  }

  @Override
  public Map<String, Operator> offers(FunctionProvider provider) {
    List<Operator> operators = provider.operators();
    if (operators == null) {
      throw new PluginException("operators() gave null");
    }
    Map<String, Operator> offers = new LinkedHashMap<>();
    for (Operator operator : operators) {
      if (operator == null) {
        throw new PluginException("operators() lists null");
      }
      check(operator);
      if (offers.put(operator.name(), operator) != null) {
        throw new PluginException("operators() lists '" + operator.name() + "' twice");
      }
    }
    return offers;
  }

  @Override
  public String nothing(FunctionProvider provider) {
    return "offers no operator";
  }

  private static void check(Operator operator) {
    String name = operator.name();
    if (name == null || !isName(name)) {
      throw new PluginException(
          "'"
              + name
              + "' is no name for an operator: expected letters, digits and underscores, the first"
              + " no digit; a vendor's own may stand before a colon, as in acme:swish");
    }
    if (!operator.isDeferred()) {
      checkCalls(operator);
    }
  }

  /** Whether a name is a word, or two with a colon between them. */
  private static boolean isName(String name) {
    int colon = name.indexOf(':');
    return colon < 0
        ? isWord(name)
        : isWord(name.substring(0, colon)) && isWord(name.substring(colon + 1));
  }

  /** Whether a name is letters, digits and underscores, the first no digit. */
  private static boolean isWord(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      if (!letter && (i == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /**
   * Checks how an operator can be called.
   *
   * @throws PluginException if something is wrong with it
   */
  static void checkCalls(Operator operator) {
    String name = operator.name();
    if (operator.overloads().isEmpty()) {
      throw new PluginException("operator '" + name + "' has no overload, so nothing can call it");
    }
    for (Operator.Overload<?> overload : operator.overloads()) {
      CallForm.check(overload);
    }
  }
}
