package fluxion.engine.spi;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The one table of expressions; it holds them weakly, so unused ones are collected. */
final class Interner {
  private static final ConcurrentHashMap<Entry, Entry> TABLE = new ConcurrentHashMap<>();
  private static final ReferenceQueue<Expr> CLEARED = new ReferenceQueue<>();

  private Interner() {}

  /** Returns the expression of the table that is alike; puts the candidate there if none is. */
  static Expr intern(Expr candidate) {
    purge();
    Entry entry = new Entry(candidate);
    while (true) {
      Entry present = TABLE.putIfAbsent(entry, entry);
      if (present == null) {
        return candidate;
      }
      Expr expr = present.get();
      if (expr != null) {
        return expr;
      }
      // Collected between the comparison and get(): take it out and try again.
      TABLE.remove(present);
    }
  }

  /** The number of expressions in the table, for tests. */
  static int size() {
    purge();
    return TABLE.size();
  }

  private static void purge() {
    for (Reference<? extends Expr> r = CLEARED.poll(); r != null; r = CLEARED.poll()) {
      TABLE.remove(r);
    }
  }

  /** Equal to an entry of an expression alike; once cleared, to itself alone. */
  private static final class Entry extends WeakReference<Expr> {
    private final int hash;

    Entry(Expr expr) {
      super(expr, CLEARED);
      this.hash = expr.hashCode();
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (this == other) {
        return true;
      }
      if (!(other instanceof Entry that) || hash != that.hash) {
        return false;
      }
      Expr mine = get();
      Expr theirs = that.get();
      return mine != null && theirs != null && mine.sameNode(theirs);
    }
  }
}
