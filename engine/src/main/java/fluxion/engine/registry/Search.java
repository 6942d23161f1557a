package fluxion.engine.registry;

import fluxion.api.PluginException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One search for plugins at a time, during which providers must not ask for another.
 *
 * <p>Whoever searches holds no other lock until plugins are found: providers are asked on another
 * thread, which may need the registry's own.
 */
final class Search {
  private final ReentrantLock lock = new ReentrantLock();

  /** Runs a search. */
  <T> T run(Supplier<T> search) {
    refuseAnother();
    lock.lock();
    try {
      return search.get();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Refuses a search within a search.
   *
   * @throws PluginException if the current thread runs one or asks a provider
   */
  void refuseAnother() {
    if (lock.isHeldByCurrentThread() || Asking.isGoingOn()) {
      throw new PluginException(
          "plugins are being looked for; a provider must not make tensors or call operators while"
              + " it is made or lists what it offers");
    }
  }
}
