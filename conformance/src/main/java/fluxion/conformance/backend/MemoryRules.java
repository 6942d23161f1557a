package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.FluxionException;
import fluxion.api.Shape;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.Buffer;
import fluxion.engine.spi.Operand;
import java.lang.reflect.Array;
import java.util.List;

/** Rules about memory: what is allocated, and how it comes in and out. */
final class MemoryRules {
  private static final int[] SIZES = {0, 1, 7, 1000, 70_001};

  private MemoryRules() {}

  @TestOf("B-101")
  static void b101_fresh_memory_is_zero(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.ALL,
        (bench, dtype, trial) -> {
          for (int size : SIZES) {
            // twice: the second time in memory that has been used
            for (int round = 0; round < 2; round++) {
              Buffer buffer = bench.backend().allocate(dtype, size);
              Object memory = download(bench, buffer, size);
              for (int i = 0; i < size; i++) {
                if (!zero(memory, i, dtype)) {
                  throw new AssertionError(
                      "fresh memory of %d %s holds %s at %d instead of 0%s"
                          .formatted(
                              size,
                              dtype.shortName(),
                              Array.get(memory, i),
                              i,
                              round == 0 ? "" : ", which is what the buffer before it held"));
                }
              }
              bench.backend().upload(filled(dtype, size), 0, buffer, 0, size);
              bench.backend().free(buffer);
            }
          }
        });
  }

  private static boolean zero(Object memory, int place, DType dtype) {
    return dtype.isFloatingPoint()
        ? Double.compare(Memories.real(memory, place, dtype), 0.0) == 0
        : Memories.whole(memory, place, dtype) == 0;
  }

  private static Object filled(DType dtype, int size) {
    Object memory = Memories.array(dtype, size);
    for (int i = 0; i < size; i++) {
      if (dtype.isFloatingPoint()) {
        Memories.put(memory, i, dtype, i % 2 == 0 ? 1 : -2);
      } else {
        Memories.put(memory, i, 1);
      }
    }
    return memory;
  }

  private static Object download(Bench bench, Buffer buffer, int size) {
    Object memory = Memories.array(buffer.dtype(), size);
    bench.backend().download(buffer, 0, memory, 0, size);
    return memory;
  }

  @TestOf("B-102")
  static void b102_a_buffer_has_the_dtype_and_the_elements_asked_for(
      BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.ALL,
        (bench, dtype, trial) -> {
          for (int size : SIZES) {
            requireBuffer(
                "allocate", bench.keep(bench.backend().allocate(dtype, size)), dtype, size);
            Buffer any = bench.keep(bench.backend().allocateUnspecified(dtype, size));
            requireBuffer("allocateUnspecified", any, dtype, size);
            Object memory = filled(dtype, size);
            bench.backend().upload(memory, 0, any, 0, size);
            requireSame("memory of allocateUnspecified", dtype, memory, download(bench, any, size));
          }
        });
  }

  private static void requireBuffer(String call, Buffer buffer, DType dtype, long elements) {
    if (buffer == null || buffer.dtype() != dtype || buffer.elements() != elements) {
      throw new AssertionError(
          "%s(%s, %d) gave %s"
              .formatted(
                  call,
                  dtype.shortName(),
                  elements,
                  buffer == null
                      ? "null"
                      : "a buffer of " + buffer.elements() + " " + buffer.dtype().shortName()));
    }
  }

  private static void requireSame(String what, DType dtype, Object expected, Object found) {
    for (int i = 0; i < Array.getLength(expected); i++) {
      if (!Memories.same(expected, found, i, dtype)) {
        throw new AssertionError(
            "%s of %s: at %d expected %s, found %s"
                .formatted(
                    what, dtype.shortName(), i, Array.get(expected, i), Array.get(found, i)));
      }
    }
  }

  @TestOf("B-103")
  static void b103_upload_and_download_keep_every_value(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.ALL,
        (bench, dtype, trial) -> {
          int size = dtype == DType.BOOL ? 2 : 1 << 16;
          Object memory = Memories.array(dtype, size);
          switch (memory) {
            case float[] floats -> {
              for (int i = 0; i < size; i++) {
                // every exponent and sign, with digits that differ
                floats[i] = Float.intBitsToFloat((i << 16) | ((i * 40503) & 0xFFFF));
              }
              floats[1] = -0f;
            }
            case double[] doubles -> {
              for (int i = 0; i < size; i++) {
                doubles[i] = Double.longBitsToDouble(((long) i << 48) | (i * 0x9E37_79B9L));
              }
              doubles[1] = -0.0;
            }
            default -> {
              for (int i = 0; i < size; i++) {
                if (memory instanceof short[] shorts) {
                  shorts[i] = (short) i;
                } else {
                  Memories.put(memory, i, i * 0x9E37_79B9_7F4A_7C15L ^ i);
                }
              }
            }
          }
          Buffer buffer = bench.allocate(dtype, size);
          bench.backend().upload(memory, 0, buffer, 0, size);
          requireSame("what was uploaded", dtype, memory, download(bench, buffer, size));
        });
  }

  @TestOf("B-104")
  static void b104_upload_and_download_touch_their_range_alone(
      BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.ALL,
        (bench, dtype, trial) -> {
          Backend backend = bench.backend();
          Buffer buffer = bench.allocate(dtype, 20);
          backend.upload(filled(dtype, 9), 2, buffer, 5, 4);
          Object expected = Memories.array(dtype, 20);
          System.arraycopy(filled(dtype, 9), 2, expected, 5, 4);
          requireSame(
              "a buffer of which 5 to 8 were uploaded",
              dtype,
              expected,
              download(bench, buffer, 20));
          Object part = filled(dtype, 10);
          backend.download(buffer, 4, part, 3, 6);
          Object wanted = filled(dtype, 10);
          System.arraycopy(expected, 4, wanted, 3, 6);
          requireSame("an array of which 3 to 8 were downloaded", dtype, wanted, part);
          backend.upload(Memories.array(dtype, 0), 0, buffer, 20, 0);
          backend.download(buffer, 20, part, 10, 0);
          requireSame("an array of which nothing was downloaded", dtype, wanted, part);
        });
  }

  @TestOf("B-105")
  static void b105_an_array_that_does_not_fit_is_refused(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.ALL,
        (bench, dtype, trial) -> {
          Backend backend = bench.backend();
          Buffer buffer = bench.allocate(dtype, 8);
          Object wrong = dtype == DType.INT32 ? new float[8] : new int[8];
          FluxionException refusal =
              bench.refusal(
                  FluxionException.class,
                  "to upload a " + wrong.getClass().getSimpleName() + " to " + dtype.shortName(),
                  () -> backend.upload(wrong, 0, buffer, 0, 8));
          Bench.requireWords(refusal, dtype.shortName());
          bench.refusal(
              FluxionException.class,
              "to download " + dtype.shortName() + " to a " + wrong.getClass().getSimpleName(),
              () -> backend.download(buffer, 0, wrong, 0, 8));
          Object right = filled(dtype, 8);
          for (int[] range :
              List.of(
                  new int[] {0, 1, 8},
                  new int[] {1, 0, 8},
                  new int[] {0, -1, 2},
                  new int[] {-1, 0, 2},
                  new int[] {0, 0, -1},
                  new int[] {0, Integer.MAX_VALUE, 2})) {
            String words =
                "from %d to %d, %d elements of 8,".formatted(range[0], range[1], range[2]);
            bench.refusal(
                FluxionException.class,
                "to upload " + words,
                () -> backend.upload(right, range[0], buffer, range[1], range[2]));
            bench.refusal(
                FluxionException.class,
                "to download " + words,
                () -> backend.download(buffer, range[1], right, range[0], range[2]));
          }
          requireSame(
              "a buffer after refused uploads",
              dtype,
              Memories.array(dtype, 8),
              download(bench, buffer, 8));
          requireSame("an array after refused downloads", dtype, filled(dtype, 8), right);
        });
  }

  @TestOf("B-106")
  static void b106_views_share_their_memory(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.ALL,
        (bench, dtype, trial) -> {
          Values values = Samples.small(trial.random(), dtype, 6, 5);
          Window base = bench.input(values);
          Buffer buffer = base.operand().buffer();
          // every second row of the transposed matrix, written through one view, read by another
          Operand column = new Operand(buffer, Shape.of(6), new long[] {5}, 2);
          Window ones = bench.input(Values.whole(dtype, Shape.of(6), i -> 1));
          bench.backend().copy(ones.operand(), column);
          Window seen = bench.output(dtype, Shape.of(5, 6));
          bench
              .backend()
              .copy(base.operand().layout().transpose(0, 1).operand(buffer), seen.operand());
          Values expected = new Values(dtype, Shape.of(5, 6));
          Values one = Values.whole(dtype, Shape.of(1), i -> 1);
          for (int i = 0; i < 30; i++) {
            if (i / 6 == 2) {
              expected.put(i, one, 0);
            } else {
              expected.put(i, values, i % 6 * 5 + i / 6);
            }
          }
          Expect.same("a transposed view after a column was written", expected, seen.read(bench));
        });
  }
}
