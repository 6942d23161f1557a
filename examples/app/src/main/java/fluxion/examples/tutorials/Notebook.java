package fluxion.examples.tutorials;

/** What a tutorial runs in: it is told where each snippet begins. */
@FunctionalInterface
interface Notebook {
  /**
   * Begins a snippet, which lasts to the next one or to the end of the method.
   *
   * @param title what the snippet shows; no two snippets of a tutorial have the same
   */
  void cell(String title);
}
