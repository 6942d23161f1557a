package fluxion.backend.cpu.codegen;

import java.lang.constant.ClassDesc;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * A number of lanes that all vectors of a loop have, and what the machine does at that number.
 *
 * @param owner the class whose constants are the species
 * @param wide whether values of 64 bits set the number
 * @param count the number of lanes; 0 if there can be no vectors
 * @param shorts whether {@code short[]} can be loaded and stored
 * @param bytes whether {@code byte[]} can be loaded and stored
 */
record Lanes(ClassDesc owner, boolean wide, int count, boolean shorts, boolean bytes) {

  /** {@return the lanes for values of at most 32 bits} */
  static Lanes ofNarrow() {
    return new Lanes(
        ClassDesc.of(NarrowSpecies.class.getName()),
        false,
        NarrowSpecies.F.length(),
        NarrowSpecies.S != null,
        NarrowSpecies.B != null);
  }

  /** {@return the lanes for values of up to 64 bits} */
  static Lanes ofWide() {
    return new Lanes(
        ClassDesc.of(WideSpecies.class.getName()),
        true,
        WideSpecies.F == null ? 0 : WideSpecies.D.length(),
        WideSpecies.S != null,
        WideSpecies.B != null);
  }

  /** {@return whether vectors of a kind are worth having} */
  boolean has(Kind kind) {
    // Two lanes of 32 bits beside two of 64 do not pay for the conversions between them.
    return wide ? kind.bytes == 8 || count >= 4 : kind.bytes == 4;
  }

  /** {@return whether instructions cast int64 to floats and back: AVX-512 alone has them} */
  boolean castsLongs() {
    return wide && count >= 8;
  }

  /** {@return the kind whose masks hold truth values that come from no comparison} */
  Kind maskKind() {
    return wide ? Kind.LONG : Kind.INT;
  }

  /** Returns the species of a shape, or null if there is no such shape. */
  static <E> @Nullable VectorSpecies<E> species(Class<E> element, int bits) {
    return switch (bits) {
      case 64, 128, 256, 512 -> VectorSpecies.of(element, VectorShape.forBitSize(bits));
      default -> null;
    };
  }
}
