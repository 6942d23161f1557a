package fluxion.conformance.fuzz.program;

import fluxion.api.DType;
import fluxion.conformance.fuzz.ByteSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes programs of up to 40 calls. Which they are, the bytes decide; shapes and dtypes are
 * tracked, so that every call is one that its operator takes.
 */
public final class ProgramGenerator {
  /** The most calls that a program has. */
  public static final int MOST_CALLS = 40;

  private static final int MOST_LEAVES = 4;
  private static final DType[] LEAF_DTYPES = {
    DType.FLOAT32, DType.FLOAT32, DType.FLOAT64, DType.FLOAT32, DType.INT64, DType.BOOL,
    DType.FLOAT32, DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16, DType.INT32, DType.UINT8,
    DType.INT8, DType.INT16
  };

  /** The families, each as likely as another. */
  private static final List<List<Template>> FAMILIES =
      List.of(
          PointwiseTemplates.all(),
          ViewTemplates.all(),
          PointwiseTemplates.all(),
          ReductionTemplates.all(),
          SampledTemplates.outOfPlace(),
          ProductTemplates.all(),
          SampledTemplates.outOfPlace());

  /** With writing in place, which often overwrites what a gradient needs. */
  private static final List<List<Template>> WRITING_FAMILIES =
      with(InPlaceTemplates.all(), SampledTemplates.inPlace());

  private ProgramGenerator() {}

  private static List<List<Template>> with(List<Template> some, List<Template> others) {
    List<List<Template>> families = new ArrayList<>(FAMILIES);
    families.add(some);
    families.add(others);
    return families;
  }

  /**
   * {@return a program}
   *
   * @param source what decides
   */
  public static Program program(ByteSource source) {
    return draft(source).finish();
  }

  /** A program, and what is known of its tensors. */
  static Draft draft(ByteSource source) {
    int calls = 1 + source.below(MOST_CALLS);
    Draft draft = new Draft(source);
    int leaves = 1 + draft.below(MOST_LEAVES);
    for (int i = 0; i < leaves; i++) {
      // the first is one that can be differentiated
      DType dtype = i == 0 ? draft.pick(DType.FLOAT32, DType.FLOAT64) : draft.pick(LEAF_DTYPES);
      boolean differentiated = dtype.isFloatingPoint() && draft.below(4) < 3;
      draft.leaf(draft.shape(), dtype, differentiated);
    }
    List<List<Template>> families = draft.below(3) == 2 ? WRITING_FAMILIES : FAMILIES;
    for (int i = 0; i < calls && draft.calls() < calls; i++) {
      List<Template> family = families.get(draft.below(families.size()));
      family.get(draft.below(family.size())).addTo(draft);
    }
    return draft;
  }
}
