package fluxion.api.spi;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call site of an operator: it links to the implementation at its first call and anew after
 * plugins have come or gone.
 *
 * <p>A failure to link is never kept: the next call tries again.
 *
 * @param <F> the functional interface of the call
 */
public final class OpSite<F> {
  private static final List<WeakReference<OpSite<?>>> SITES = new ArrayList<>();
  private static long resets;

  private final String name;
  private final Class<F> call;
  private volatile @Nullable F linked;

  private OpSite(String name, Class<F> call) {
    this.name = name;
    this.call = call;
  }

  /**
   * {@return a new call site}
   *
   * @param <F> the functional interface of the call
   * @param name the operator's name
   * @param call the functional interface, which tells overloads apart
   */
  public static <F> OpSite<F> of(String name, Class<F> call) {
    OpSite<F> site = new OpSite<>(name, call);
    synchronized (SITES) {
      SITES.add(new WeakReference<>(site));
    }
    return site;
  }

  /**
   * {@return the implementation to call}
   *
   * @throws fluxion.api.PluginException if no plugin provides the operator
   */
  public F get() {
    F f = linked;
    return f != null ? f : link();
  }

  private F link() {
    long before;
    synchronized (SITES) {
      before = resets;
    }
    F f = Engines.current().operators().link(name, call);
    synchronized (SITES) {
      // A link made while plugins changed may be to what has gone.
      if (resets == before) {
        linked = f;
      }
    }
    return f;
  }

  /** Makes every site link anew at its next call. Engines call it when plugins come or go. */
  public static void resetAll() {
    synchronized (SITES) {
      resets++;
      SITES.removeIf(
          reference -> {
            OpSite<?> site = reference.get();
            if (site != null) {
              site.linked = null;
            }
            return site == null;
          });
    }
  }
}
