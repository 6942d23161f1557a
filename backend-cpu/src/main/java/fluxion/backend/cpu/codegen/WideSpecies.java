package fluxion.backend.cpu.codegen;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * The species of loops with 64-bit values: as many lanes as 64-bit numbers fit the preferred shape,
 * for narrower ones too.
 *
 * @see NarrowSpecies
 */
final class WideSpecies {
  static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  static final VectorSpecies<Long> L = LongVector.SPECIES_PREFERRED;
  static final @Nullable VectorSpecies<Float> F = Lanes.species(float.class, 32 * D.length());
  static final @Nullable VectorSpecies<Integer> I = Lanes.species(int.class, 32 * D.length());
  static final @Nullable VectorSpecies<Short> S = Lanes.species(short.class, 16 * D.length());
  static final @Nullable VectorSpecies<Byte> B = Lanes.species(byte.class, 8 * D.length());

  private WideSpecies() {}
}
