package fluxion.engine.vmap;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One call of a function over a batch: what it ranges over. Levels are told apart by identity. */
public final class Level {
  private static final AtomicLong MADE = new AtomicLong();

  private final long size;
  private final @Nullable Level outer;
  private final long order = MADE.getAndIncrement();

  /**
   * Makes a level.
   *
   * @param size the number of slices
   * @param outer the level around this one, or null
   */
  public Level(long size, @Nullable Level outer) {
    this.size = size;
    this.outer = outer;
  }

  /** {@return the number of slices} */
  public long size() {
    return size;
  }

  /** {@return a number by which levels are put in order, outer ones first} */
  long order() {
    return order;
  }

  /** {@return how many levels there are from the outermost to this one} */
  int depth() {
    return outer == null ? 1 : outer.depth() + 1;
  }

  /**
   * {@return whether a level, or one around it, is this one: the program is inside the function}
   *
   * @param innermost the running thread's innermost level, or null
   */
  boolean isActive(@Nullable Level innermost) {
    for (Level level = innermost; level != null; level = level.outer) {
      if (level == this) {
        return true;
      }
    }
    return false;
  }
}
