package fluxion.backend.cpu.codegen;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * The species of loops whose values have at most 32 bits: as many lanes as 32-bit numbers fit the
 * preferred shape.
 *
 * <p>Generated code reads these constants; what a species is called there is {@link Kind#letter}. A
 * species that the machine has no shape for is null.
 */
final class NarrowSpecies {
  static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
  static final @Nullable VectorSpecies<Short> S = Lanes.species(short.class, 16 * F.length());
  static final @Nullable VectorSpecies<Byte> B = Lanes.species(byte.class, 8 * F.length());

  private NarrowSpecies() {}
}
