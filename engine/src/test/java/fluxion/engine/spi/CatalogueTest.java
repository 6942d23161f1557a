package fluxion.engine.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.PluginException;
import fluxion.api.spi.Call;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operators that are put together when they are first asked for. */
final class CatalogueTest {
  private final List<String> made = new ArrayList<>();

  private final List<Operator> operators = Catalogue.of(this::lines);

  private void lines(Catalogue table) {
    if (table.has("twist")) {
      made.add(table.line());
      table.add(operator("twist").flat());
    }
    if (table.hasBoth("turn")) {
      made.add(table.line());
      table.add(List.of(operator("turn"), operator("turn_").notDifferentiable()));
    }
    if (table.has("bend")) {
      table.add(operator("fold"));
    }
  }

  private static Operator operator(String name) {
    return Operator.named(name).overload("(Tensor self)", Call.Unary.class, self -> self);
  }

  @Test
  void names_are_known_though_no_line_has_run() {
    assertEquals(
        List.of("twist", "turn", "turn_", "bend"), operators.stream().map(Operator::name).toList());
    assertTrue(operators.stream().allMatch(Operator::isDeferred));
    assertEquals(List.of(), made);
  }

  @Test
  void an_operator_runs_its_own_line_once() {
    Operator twist = operators.getFirst();
    assertTrue(twist.isFlat());
    assertFalse(twist.isDeferred());
    assertSame(twist.overloads(), twist.overloads());
    assertEquals("twist(Tensor self)", twist.overloads().getFirst().signature().toString());
    assertEquals(List.of("twist"), made);
  }

  @Test
  void a_line_adds_an_operator_and_its_in_place_form_together() {
    assertFalse(operators.get(2).isDifferentiable());
    assertTrue(operators.get(1).isDifferentiable());
    assertEquals(List.of("turn"), made);
  }

  @Test
  void a_deferred_operator_can_be_changed_as_any_other() {
    assertTrue(operators.get(1).flat().isFlat());
    assertFalse(operators.get(1).isFlat());
  }

  @Test
  void a_line_that_adds_another_operator_is_told() {
    PluginException e = assertThrows(PluginException.class, () -> operators.get(3).overloads());
    assertEquals("the line of operator 'bend' adds none of that name", e.getMessage());
  }

  @Test
  void a_further_name_leads_to_the_same_implementation() {
    List<Operator> both =
        Catalogue.of(
            table -> {
              table.alias("spin", "turn");
              if (table.has("turn")) {
                table.add(operator("turn").flat());
              }
            });
    Operator spin = both.get(0);
    Operator turn = both.get(1);
    assertTrue(spin.isFlat());
    assertEquals("turn", spin.aliasOf());
    assertNull(turn.aliasOf());
    assertEquals("spin(Tensor self)", spin.overloads().getFirst().signature().toString());
    assertSame(
        turn.overloads().getFirst().implementation(), spin.overloads().getFirst().implementation());
  }

  /** A provider of two tables. */
  private final class Two implements FunctionProvider {
    @Override
    public int spiVersion() {
      return SpiVersion.CURRENT;
    }

    @Override
    public String name() {
      return "two tables";
    }

    @Override
    public void lines(Catalogue table) {
      if (table.reads("Moves")) {
        made.add("Moves");
        CatalogueTest.this.lines(table);
      }
      if (table.reads("Marks")) {
        made.add("Marks");
        table.alias("tick", "twist");
        if (table.has("cross")) {
          table.add(operator("cross"));
        }
      }
    }
  }

  @Test
  void an_operator_reads_its_own_table_alone() {
    List<Operator> all = new Two().operators();
    assertEquals(
        List.of("twist", "turn", "turn_", "bend", "tick", "cross"),
        all.stream().map(Operator::name).toList());
    made.clear();
    assertEquals("cross(Tensor self)", all.get(5).overloads().getFirst().signature().toString());
    assertEquals(List.of("Marks"), made);
  }

  @Test
  void a_further_name_reads_the_table_of_the_operator_that_has_it() {
    List<Operator> all = new Two().operators();
    made.clear();
    assertTrue(all.get(4).isFlat());
    assertEquals(List.of("Marks", "Moves", "twist"), made);
  }

  @Test
  void an_index_has_a_line_for_each_table() {
    assertEquals(
        "Moves twist turn turn_ bend\nMarks tick cross\n", Catalogue.index(new Two().operators()));
    assertEquals(" twist turn turn_ bend\n", Catalogue.index(operators));
  }
}
