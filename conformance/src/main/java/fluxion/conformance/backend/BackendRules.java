package fluxion.conformance.backend;

import fluxion.conformance.suite.Book;
import java.util.List;

/** The tests of the rules about devices, one class a chapter of the specification. */
public final class BackendRules {
  /** The tests. */
  public static final Book<BackendSubject> BOOK = new Book<>(BackendSubject.class, List.of());

  private BackendRules() {}
}
