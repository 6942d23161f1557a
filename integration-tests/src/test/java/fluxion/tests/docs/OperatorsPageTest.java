package fluxion.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.api.DType;
import fluxion.engine.spi.EngineOperators;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Makes {@code docs/operators.md} of the operators themselves, so that it cannot lie. */
final class OperatorsPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("fluxion.root"), "docs", "operators.md");

  /** The operators of one module. */
  private record Section(
      String module,
      List<OperatorFacts> operators,
      Set<String> inPlace,
      Map<String, List<String>> aliases) {}

  @Test
  void the_page_says_what_there_is() throws IOException {
    String page = page(sections());
    if (Boolean.getBoolean("fluxion.docs.write")) {
      Files.writeString(PAGE, page);
    }
    assertEquals(
        page,
        Files.exists(PAGE) ? Files.readString(PAGE) : "",
        "docs/operators.md differs; mvn -Pdocs verify writes it");
  }

  private static List<Section> sections() {
    List<FunctionProvider> providers = new ArrayList<>();
    ServiceLoader.load(FunctionProvider.class).forEach(providers::add);
    providers.sort(Comparator.comparing(provider -> provider.getClass().getModule().getName()));
    providers.addFirst(EngineOperators.provider());
    return providers.stream().map(OperatorsPageTest::section).toList();
  }

  private static Section section(FunctionProvider provider) {
    List<Operator> all = provider.operators();
    Set<String> names = all.stream().map(Operator::name).collect(Collectors.toSet());
    Set<String> inPlace = new TreeSet<>();
    Map<String, List<String>> aliases = new TreeMap<>();
    List<OperatorFacts> operators = new ArrayList<>();
    for (Operator operator : all) {
      String plain = operator.name().substring(0, operator.name().length() - 1);
      String original = operator.aliasOf();
      if (operator.name().endsWith("_") && names.contains(plain)) {
        inPlace.add(plain);
      } else if (original != null) {
        aliases.computeIfAbsent(original, o -> new ArrayList<>()).add(operator.name());
      } else {
        operators.add(OperatorFacts.of(operator));
      }
    }
    operators.sort(Comparator.comparing(OperatorFacts::name));
    return new Section(provider.getClass().getModule().getName(), operators, inPlace, aliases);
  }

  private static String page(List<Section> sections) {
    List<OperatorFacts> all =
        sections.stream().flatMap(section -> section.operators().stream()).toList();
    StringBuilder page =
        new StringBuilder(
            """
            # Operators

            Every operator that the modules of this project bring, tried on its own samples. This page is
            generated: `mvn -Pdocs verify` writes it, `mvn verify` compares it.

            There are %d, in-place forms and further names not counted. Of %d the second derivatives agree with finite
            differences.

            - *dtypes*: those of the first tensor with which a sample gives a result, when the other tensors
              of its dtype change with it.
            - *derivatives*: how many orders agree with finite differences; *flat* where they are zero
              wherever they exist, a dash where nothing is differentiable.
            - *view*: a result shares its memory with an input.
            - *in place*: there is a form that ends in an underscore and writes into its first tensor.
            - *also*: a further name of the same operator.
            - Formulas are those of float32, `x0` the first input, `s0` the first number; integers may have
              others.
            """
                .formatted(all.size(), all.stream().filter(one -> one.orders() == 2).count()));
    for (Section section : sections) {
      page.append("\n## ").append(section.module()).append("\n\n");
      page.append("| operator | dtypes | derivatives | | formula |\n|---|---|---|---|---|\n");
      section.operators().forEach(one -> page.append(row(one, section)));
    }
    return page.toString();
  }

  private static String row(OperatorFacts one, Section section) {
    List<String> remarks = new ArrayList<>();
    if (one.view()) {
      remarks.add("view");
    }
    if (section.inPlace().contains(one.name())) {
      remarks.add("in place");
    }
    for (String alias : section.aliases().getOrDefault(one.name(), List.of())) {
      remarks.add("also `" + alias + "`");
    }
    return "| %s | %s | %s | %s | %s |\n"
        .formatted(
            one.signatures().stream()
                .map(signature -> "`" + cell(signature) + "`")
                .collect(Collectors.joining("<br>")),
            words(one.dtypes()),
            one.flat() ? "flat" : one.orders() == 0 ? "–" : String.valueOf(one.orders()),
            String.join(", ", remarks),
            one.formula().isEmpty() ? "" : "`" + cell(one.formula()) + "`");
  }

  private static String words(Set<DType> dtypes) {
    Set<DType> floats = floats();
    Set<DType> integers = EnumSet.complementOf(EnumSet.copyOf(floats));
    integers.remove(DType.BOOL);
    Set<DType> rest = EnumSet.noneOf(DType.class);
    rest.addAll(dtypes);
    List<String> words = new ArrayList<>();
    if (rest.size() == DType.values().length) {
      return "all";
    }
    if (rest.containsAll(floats)) {
      words.add("floats");
      rest.removeAll(floats);
    }
    if (rest.containsAll(integers)) {
      words.add("integers");
      rest.removeAll(integers);
    }
    rest.forEach(dtype -> words.add(dtype.shortName()));
    return words.isEmpty() ? "–" : String.join(", ", words);
  }

  private static Set<DType> floats() {
    Set<DType> floats = EnumSet.noneOf(DType.class);
    for (DType dtype : DType.values()) {
      if (dtype.isFloatingPoint()) {
        floats.add(dtype);
      }
    }
    return floats;
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
