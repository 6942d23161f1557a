package fluxion.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Index expressions: which views they are made of. */
final class IndexTest {
  private final List<String> calls = new ArrayList<>();
  private final Tensor tensor = tensor(3);

  /** A tensor with sizes of 5 that writes down the views that are asked for. */
  private Tensor tensor(int dims) {
    return (Tensor)
        Proxy.newProxyInstance(
            Tensor.class.getClassLoader(),
            new Class<?>[] {Tensor.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "dim" -> dims;
                  case "size" -> 5L;
                  default -> {
                    calls.add(method.getName() + Arrays.toString(args));
                    yield proxy;
                  }
                });
  }

  @Test
  void an_index_selects_and_a_range_slices() {
    Index.apply(tensor, Index.at(1), Index.slice(0, 4, 2), Index.at(-1));
    assertEquals(List.of("select[0, 1]", "slice[0, 0, 4, 2]", "select[1, -1]"), calls);
  }

  @Test
  void an_ellipsis_skips_the_dimensions_that_the_others_leave() {
    Index.apply(tensor, Index.ellipsis(), Index.at(0));
    assertEquals(List.of("select[2, 0]"), calls);
  }

  @Test
  void a_new_axis_is_put_where_it_stands() {
    Index.apply(tensor, Index.all(), Index.newAxis(), Index.at(2));
    assertEquals(List.of("unsqueeze[1]", "select[2, 2]"), calls);
  }

  @Test
  void too_many_indices_are_refused_before_any_view_is_made() {
    IndexException e =
        assertThrows(
            IndexException.class,
            () -> Index.apply(tensor, Index.at(0), Index.at(0), Index.all(), Index.at(0)));
    assertEquals("too many indices for tensor of dimension 3", e.getMessage());
    assertEquals(List.of(), calls);
  }

  @Test
  void two_ellipses_are_refused() {
    IndexException e =
        assertThrows(
            IndexException.class, () -> Index.apply(tensor, Index.ellipsis(), Index.ellipsis()));
    assertEquals("an index can only have a single ellipsis ('...')", e.getMessage());
  }

  @Test
  void an_index_out_of_bounds_is_refused_in_pytorchs_words() {
    IndexException e =
        assertThrows(IndexException.class, () -> Index.apply(tensor, Index.all(), Index.at(-6)));
    assertEquals("index -6 is out of bounds for dimension 1 with size 5", e.getMessage());
    assertThrows(IndexException.class, () -> Index.apply(tensor, Index.at(5)));
  }

  @Test
  void a_scalar_tensor_cannot_be_indexed() {
    IndexException e =
        assertThrows(IndexException.class, () -> Index.apply(tensor(0), Index.at(0)));
    assertEquals(
        "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in"
            + " C++ to convert a 0-dim tensor to a number",
        e.getMessage());
  }
}
