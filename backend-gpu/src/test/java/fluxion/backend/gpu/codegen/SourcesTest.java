package fluxion.backend.gpu.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Reduction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SourcesTest {
  private static final Dialect PROCESSOR = new Dialect(true, true);
  private static final Dialect CARD = new Dialect(false, false);

  private static Expr x(DType dtype) {
    return Expr.input(0, dtype);
  }

  private static String source(Dialect dialect, Expr... outputs) {
    Kernel kernel = Kernel.of(List.of(outputs)).lowered();
    return PointwiseSource.of(kernel, Leaves.of(kernel), dialect, 4, false);
  }

  private static void assertHas(String source, String... lines) {
    for (String line : lines) {
      assertTrue(source.contains(line), () -> "no '" + line + "' in\n" + source);
    }
  }

  @Test
  void a_processor_takes_elements_in_a_row_and_a_card_every_nth() {
    Expr formula = x(DType.FLOAT32).add(Expr.scalar(0, DType.FLOAT32));
    String body =
        """
            const float t0 = %s;
            const float t1 = s0;
            const float t2 = t0 + t1;
            %s = t2;
        """;
    assertHas(
        source(PROCESSOR, formula),
        "#pragma OPENCL FP_CONTRACT OFF",
        "__global float* a0,",
        "__global const float* a1, const float s0,",
        "place i = (place)get_global_id(0) * chunk;",
        body.formatted("r1[j]", "r0[j]").indent(4),
        body.formatted("r1[j * d1]", "r0[j * d0]").indent(4));
    assertHas(source(CARD, formula), "i < n; i += stride", body.formatted("a1[p1]", "a0[p0]"));
  }

  @Test
  void a_shared_part_is_written_once() {
    Expr part = x(DType.FLOAT32).mul(x(DType.FLOAT32));
    String source = source(CARD, part.add(part.sqrt()), part);
    assertEquals(source.indexOf("t0 * t0"), source.lastIndexOf("t0 * t0"));
    assertHas(source, "a0[p0] = ", "a1[p1] = ");
  }

  @Test
  void a_product_and_a_sum_stay_two_statements() {
    String source = source(PROCESSOR, x(DType.FLOAT32).mul(x(DType.FLOAT32)).add(1.0));
    assertHas(
        source, "const float t1 = t0 * t0;", "const float t2 = t1 + (as_float(0x3f800000u));");
    assertFalse(source.contains("fma"), source);
  }

  @Test
  void literals_are_their_bits() {
    assertEquals("as_float(0x80000000u)", Literals.text(DType.FLOAT32, -0.0));
    assertEquals("as_double(0x7ff0000000000000ul)", Literals.text(DType.FLOAT64, 1.0 / 0));
    assertEquals("(long)0x8000000000000000ul", Literals.text(DType.INT64, Long.MIN_VALUE));
    assertEquals("(int)0x80000000u", Literals.text(DType.INT32, Integer.MIN_VALUE));
    assertEquals("(uchar)(200)", Literals.text(DType.UINT8, 200));
    assertEquals("1", Literals.text(DType.BOOL, 1));
  }

  @Test
  void integers_wrap_as_unsigned_numbers_do() {
    assertEquals("(int)((uint)a + (uint)b)", Operations.wrapped(DType.INT32, "a", " + ", "b"));
    assertEquals("(long)((ulong)a * (ulong)b)", Operations.wrapped(DType.INT64, "a", " * ", "b"));
    assertEquals("(char)(a - b)", Operations.wrapped(DType.INT8, "a", " - ", "b"));
  }

  @Test
  void sixteen_bits_are_loaded_and_stored_and_rounded_once() {
    Expr half = x(DType.FLOAT16).cast(DType.FLOAT32).add(1.0).cast(DType.FLOAT16);
    String source = source(CARD, half);
    assertHas(
        source,
        "__global ushort* a0",
        "const float t0 = f16_value(a1[p1]);",
        "= f16_round(",
        "a0[p0] = f16_bits(");
    Set<String> parts = new LinkedHashSet<>();
    assertEquals(
        "bf16_round(double_to_odd(x))", Casts.cast(DType.FLOAT64, DType.BFLOAT16, "x", parts));
    assertEquals("f16_round(long_to_odd(x))", Casts.cast(DType.INT64, DType.FLOAT16, "x", parts));
    assertEquals("(int)double_to_long(x)", Casts.cast(DType.FLOAT64, DType.INT32, "x", parts));
    assertEquals("(x != 0)", Casts.cast(DType.FLOAT32, DType.BOOL, "x", parts));
    assertEquals(
        Set.of("bf16_round", "double_to_odd", "f16_round", "long_to_odd", "double_to_long"), parts);
  }

  @Test
  void a_source_walks_each_operand_by_its_own_steps() {
    Kernel kernel = Kernel.of(x(DType.INT32).neg());
    Leaves leaves = Leaves.of(kernel);
    assertHas(
        PointwiseSource.of(kernel, leaves, PROCESSOR, 4, false),
        "place v[16];",
        "place p0 = g.v[6] + column * g.v[7 + last];",
        "place p1 = g.v[11] + column * g.v[12 + last];",
        "p1 += x * g.v[12 + d];",
        "const place d1 = g.v[12 + last];",
        "const int t0 = r1[j * d1];");
    assertEquals(16, PointwiseSource.geometrySize(2, 4, 0));
    assertHas(PointwiseSource.of(kernel, leaves, PROCESSOR, 4, true), "typedef long place;");
  }

  @Test
  void an_index_is_found_from_the_position() {
    Kernel kernel = Kernel.of(Expr.index(1));
    assertHas(
        PointwiseSource.of(kernel, Leaves.of(kernel), CARD, 4, false),
        "const long t0 = (long)(i / g.v[11] % g.v[12]);");
    assertHas(
        PointwiseSource.of(kernel, Leaves.of(kernel), PROCESSOR, 4, false),
        "const long t0 = (long)((i + j) / g.v[11] % g.v[12]);");
  }

  @Test
  void a_part_brings_what_it_needs_before_itself_and_once() {
    String text = Parts.text(List.of("real_erfinv", "real_erfc"));
    assertTrue(text.indexOf("real erfc_tail") < text.indexOf("real real_erfc("), text);
    assertTrue(text.indexOf("real real_erfc(") < text.indexOf("real real_erfinv("), text);
    assertEquals(text.indexOf("TAYLOR[20]"), text.lastIndexOf("TAYLOR[20]"));
    assertThrows(IllegalStateException.class, () -> Parts.text(List.of("nothing")));
  }

  @Test
  void a_device_without_double_refuses_it_and_computes_functions_in_float() {
    DTypeException refusal =
        assertThrows(DTypeException.class, () -> CARD.require(Kernel.of(x(DType.FLOAT64).neg())));
    assertEquals(
        "the device computes no torch.float64; convert to torch.float32", refusal.getMessage());
    assertHas(source(CARD, x(DType.FLOAT32).sin()), "typedef float real;", "real_sin((real)t0)");
    assertHas(source(PROCESSOR, x(DType.FLOAT32).sin()), "typedef double real;");
  }

  @Test
  void a_fold_maps_combines_and_maps_again() {
    Reduction sum = Reduction.of(Reduction.Kind.SUM, DType.INT8, DType.INT64, DType.INT64);
    Kernel before = sum.before().lowered();
    Kernel after = sum.after().lowered();
    ReduceSource.Shape shape = shape(sum, before, after, false);
    assertHas(
        ReduceSource.of(shape, CARD, false),
        "long acc = (long)0x0000000000000000ul;",
        "const char t0 = a0[q0];",
        "acc = (long)((ulong)acc + (ulong)t1);",
        "out[at] = u0;");
    assertHas(ReduceSource.of(shape, PROCESSOR, false), "lanes[l] = ");
    assertHas(
        ReduceSource.of(shape(sum, before, after, true), PROCESSOR, false),
        "const place q0 = f0_0 + c * a_step0;",
        "acc = (long)((ulong)acc + (ulong)t1);",
        "lanes[c] = acc;",
        "const long acc = lanes[c];");
  }

  @Test
  void a_short_map_before_a_fold_is_written_for_four_elements_at_once() {
    Expr many = x(DType.FLOAT32);
    for (int i = 2; i < 20; i++) {
      many = many.mul(x(DType.FLOAT32)).add(i);
    }
    for (boolean columns : new boolean[] {false, true}) {
      assertTrue(fold(x(DType.FLOAT32), columns).contains(columns ? "f0_3" : "(r + 192 + l)"));
      String one = fold(many, columns);
      assertFalse(one.contains("f0_1") || one.contains("(r + 64 + l)"), one);
    }
  }

  private static String fold(Expr before, boolean columns) {
    Kernel map = Kernel.of(List.of(before)).lowered();
    Reduction sum = Reduction.of(Reduction.Kind.SUM, DType.FLOAT32, DType.FLOAT32, DType.FLOAT32);
    return ReduceSource.of(shape(sum, map, sum.after().lowered(), columns), PROCESSOR, false);
  }

  @Test
  void kernels_for_processors_ask_for_the_widest_vectors() {
    assertHas(
        source(PROCESSOR, x(DType.FLOAT32).add(1.0)),
        "__attribute__((min_vector_width(512)))\n__kernel void",
        "vectorize_width(16)");
    assertFalse(source(CARD, x(DType.FLOAT32).add(1.0)).contains("vector"));
  }

  private static ReduceSource.Shape shape(
      Reduction reduction, Kernel before, Kernel after, boolean columns) {
    return new ReduceSource.Shape(
        reduction.kind(),
        before,
        reduction.accumulator(),
        after,
        Leaves.of(before, after),
        List.of(),
        1,
        1,
        columns);
  }

  @Test
  void a_fold_starts_from_its_neutral_element() {
    assertEquals("as_float(0xff800000u)", Folds.neutral(Reduction.Kind.MAX, DType.FLOAT32));
    assertEquals("(uchar)(255)", Folds.neutral(Reduction.Kind.MIN, DType.UINT8));
    assertEquals("(short)(-32768)", Folds.neutral(Reduction.Kind.MAX, DType.INT16));
    assertEquals("1", Folds.neutral(Reduction.Kind.ALL, DType.BOOL));
    assertEquals(
        "as_double(0x3ff0000000000000ul)", Folds.neutral(Reduction.Kind.PROD, DType.FLOAT64));
  }
}
