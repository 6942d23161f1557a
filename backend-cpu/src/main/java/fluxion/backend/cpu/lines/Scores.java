package fluxion.backend.cpu.lines;

import fluxion.backend.cpu.workers.Warmup;

/** Which loops there are over the logits of attention. */
public final class Scores {
  private static final Warmup WARMUP = new Warmup(VectorScores::isFast);

  private Scores() {}

  /** {@return whether the loops over vectors are fast already} */
  public static boolean areFast() {
    return WARMUP.isDone();
  }

  /** {@return plain loops for the use of one thread} */
  public static ScoreLoops plain() {
    return new PlainScores();
  }

  /** {@return loops over vectors for the use of one thread} */
  public static ScoreLoops vectors() {
    return new VectorScores();
  }
}
