package fluxion.api;

/** A hook that was registered. */
@FunctionalInterface
public interface Hook {
  /** Removes the hook; once it is gone this does nothing. */
  void remove();
}
