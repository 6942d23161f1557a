package fluxion.nn.graph;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.AutogradException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.nn.Linear;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class GraphsTest {
  private static Tensor leaf(long... shape) {
    return ones(TensorOptions.withGrad(), shape);
  }

  private static int count(String text, String part) {
    Matcher matcher = Pattern.compile(part, Pattern.LITERAL).matcher(text);
    return (int) matcher.results().count();
  }

  private static GraphOptions names(String name, Tensor tensor) {
    return GraphOptions.DEFAULT.names(Map.of(name, tensor));
  }

  @Test
  void the_graph_of_the_tutorial_is_written_for_graphviz() {
    Tensor a = tensor(2f, 3f).requiresGrad_();
    Tensor b = tensor(6f, 4f).requiresGrad_();
    Tensor q = a.pow(3).mul(3).sub(b.pow(2));
    Map<String, Tensor> names = new LinkedHashMap<>();
    names.put("a", a);
    names.put("b", b);
    assertEquals(
        """
        digraph {
        	graph [label="Computation graph of a tensor (2)" labelloc=t]
        	node [fontname=monospace fontsize=10 height=0.2 shape=box style=filled]
        	n0 [label="(2)" fillcolor=darkolivegreen1]
        	n1 [label="SubBackward0" fillcolor=lightgrey]
        	n2 [label="MulBackward0" fillcolor=lightgrey]
        	n3 [label="PowBackward0" fillcolor=lightgrey]
        	n4 [label="AccumulateGrad" fillcolor=lightgrey]
        	n5 [label="a\\n(2)" fillcolor=lightblue]
        	n6 [label="PowBackward0" fillcolor=lightgrey]
        	n7 [label="AccumulateGrad" fillcolor=lightgrey]
        	n8 [label="b\\n(2)" fillcolor=lightblue]
        	n1 -> n0
        	n2 -> n1
        	n3 -> n2
        	n4 -> n3
        	n5 -> n4
        	n6 -> n1
        	n7 -> n6
        	n8 -> n7
        }
        """,
        Graphs.dot(q, GraphOptions.DEFAULT.names(names)));
  }

  @Test
  void parameters_have_the_names_that_their_layer_gives() {
    Linear layer = new Linear(3, 2);
    Tensor loss = layer.call(ones(4, 3)).sum();
    String dot = Graphs.dot(loss, GraphOptions.DEFAULT.names(layer.namedParameters()));
    assertTrue(dot.contains("\"weight\\n(2, 3)\" fillcolor=lightblue"), dot);
    assertTrue(dot.contains("\"bias\\n(2)\" fillcolor=lightblue"), dot);
    assertTrue(dot.contains("\"AddmmBackward0\""), dot);
  }

  @Test
  void what_is_used_several_times_is_there_once() {
    Tensor x = leaf(2);
    Tensor y = x.exp();
    String dot = Graphs.dot(y.mul(y).add(y), names("x", x));
    assertEquals(1, count(dot, "ExpBackward0"));
    assertEquals(1, count(dot, "label=\"x\\n"));
    // exp is n3: twice into the product, once into the sum
    assertTrue(dot.contains("n3 [label=\"ExpBackward0\""), dot);
    assertEquals(2, count(dot, "n3 -> n2\n"));
    assertEquals(1, count(dot, "n3 -> n1\n"));
  }

  @Test
  void what_needs_no_gradient_is_not_there() {
    String dot = Graphs.dot(leaf(2).add(ones(2)));
    assertEquals(1, count(dot, "lightblue"));
    assertEquals(3, count(dot, " -> "));
  }

  @Test
  void saved_tensors_are_shown_with_their_shapes_where_that_is_asked_for() {
    Tensor x = leaf(2, 3);
    Tensor z = x.exp().mul(ones(3));
    assertEquals(0, count(Graphs.dot(z), "orange"));
    String dot = Graphs.dot(z, GraphOptions.DEFAULT.saved(true));
    assertTrue(dot.contains("[label=\"other\\n(3)\" fillcolor=orange]"), dot);
    assertTrue(dot.contains("[label=\"result\\n(2, 3)\" fillcolor=orange]"), dot);
    assertEquals(2, count(dot, "[dir=none style=dashed]"));
    String svg = Graphs.svg(z, GraphOptions.DEFAULT.saved(true));
    assertEquals(2, count(svg, "stroke-dasharray"));
    assertEquals(2, count(svg, "<title>saved tensor: "));
  }

  @Test
  void a_leaf_that_is_saved_is_linked_to_its_keeper() {
    Tensor x = leaf(2);
    String dot = Graphs.dot(x.sin(), names("x", x).saved(true));
    assertEquals(0, count(dot, "orange"));
    // n3 is the leaf, n1 the sine
    assertTrue(dot.contains("n3 [label=\"x\\n(2)\" fillcolor=lightblue]"), dot);
    assertTrue(dot.contains("n3 -> n1 [dir=none style=dashed]"), dot);
  }

  @Test
  void a_graph_that_was_freed_can_be_drawn_but_for_saved_tensors() {
    Tensor x = leaf(2);
    Tensor loss = x.mul(x).sum();
    String before = Graphs.svg(loss);
    loss.backward();
    assertEquals(before, Graphs.svg(loss));
    GraphOptions saved = GraphOptions.DEFAULT.saved(true);
    AutogradException freed = assertThrows(AutogradException.class, () -> Graphs.svg(loss, saved));
    assertTrue(
        freed.getMessage().contains("directly access saved tensors after they have already been"),
        freed.getMessage());
  }

  @Test
  void a_tensor_without_a_graph_is_refused() {
    Tensor x = ones(2).add(1);
    String message = assertThrows(AutogradException.class, () -> Graphs.svg(x)).getMessage();
    assertEquals(
        "element 0 of tensors does not require grad and does not have a grad_fn: no graph is"
            + " recorded of it that could be drawn",
        message);
    assertEquals(message, assertThrows(AutogradException.class, () -> Graphs.dot(x)).getMessage());
  }

  @Test
  void a_leaf_by_itself_is_a_result() {
    Tensor x = leaf();
    String dot = Graphs.dot(x, names("x", x));
    assertEquals(1, count(dot, "fillcolor"));
    assertTrue(dot.contains("n0 [label=\"x\\n()\" fillcolor=darkolivegreen1]"), dot);
    assertTrue(Graphs.svg(x, names("x", x)).contains("<desc>1 result</desc>"));
  }

  @Test
  void names_are_escaped() {
    Tensor x = leaf(2);
    GraphOptions options = names("a\"b\\N<c>&\nd\u0001\uD800", x).title("<&\">");
    String dot = Graphs.dot(x.exp(), options);
    assertTrue(dot.contains("[label=\"a\\\"b\\\\N<c>&\\nd"), dot);
    assertTrue(dot.contains("graph [label=\"<&\\\">\" "), dot);
    String svg = Graphs.svg(x.exp(), options);
    assertTrue(svg.contains(">a\"b\\N&lt;c&gt;&amp;\uFFFDd\uFFFD\uFFFD</text>"), svg);
    assertTrue(svg.contains("<title>&lt;&amp;\"&gt;</title>"), svg);
  }

  @Test
  void a_long_name_is_cut_in_its_box_and_whole_in_its_title() {
    Tensor x = leaf(2);
    String name = "begin" + "x".repeat(200) + "end";
    String svg = Graphs.svg(x.exp(), names(name, x));
    assertTrue(svg.contains("<title>leaf: " + name + " (2)</title>"), svg);
    assertTrue(svg.contains(">begin" + "x".repeat(19) + "…" + "x".repeat(20) + "end</text>"), svg);
  }

  @Test
  void a_picture_says_what_it_is_to_those_who_cannot_see_it() {
    Tensor x = leaf(2, 3);
    Tensor loss = x.exp().sum();
    String svg = Graphs.svg(loss, names("loss", loss));
    assertTrue(svg.contains(" role=\"img\" "), svg);
    assertTrue(svg.contains("<title>Computation graph of loss ()</title>"), svg);
    assertTrue(svg.contains("<desc>1 result, 1 leaf, 3 functions</desc>"), svg);
    assertTrue(svg.contains("<title>function: AccumulateGrad</title>"), svg);
    assertTrue(svg.contains("<title>leaf: (2, 3)</title>"), svg);
    String titled = Graphs.svg(loss, GraphOptions.DEFAULT.title("Mine"));
    assertTrue(titled.contains("<title>Mine</title>"), titled);
  }

  @Test
  void every_link_is_drawn_and_the_same_graph_gives_the_same_text() {
    Linear layer = new Linear(3, 2);
    Tensor loss = layer.call(ones(4, 3)).tanh().sum();
    String svg = Graphs.svg(loss);
    assertEquals(count(Graphs.dot(loss), " -> "), count(svg, "<path d="));
    assertEquals(svg, Graphs.svg(layer.call(ones(4, 3)).tanh().sum()));
    assertFalse(svg.contains("NaN"), svg);
  }

  @Test
  void a_long_chain_needs_no_deep_stack() {
    Tensor x = leaf(1);
    Tensor y = x;
    for (int i = 0; i < 30_000; i++) {
      y = y.add(1);
    }
    assertEquals(30_002, count(Graphs.dot(y), " -> "));
    assertEquals(30_002, count(Graphs.svg(y), "<path d="));
  }
}
