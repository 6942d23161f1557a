package fluxion.nn.checkpoint.pickle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The machine's stack, with its marks. What it lacks is an {@link IllegalArgumentException}. */
final class Stack {
  private static final int DEEPEST = 1 << 20;

  private final List<@Nullable Object> values = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();

  private int floor() {
    return marks.isEmpty() ? 0 : marks.getLast();
  }

  int size() {
    return values.size();
  }

  void push(@Nullable Object value) {
    if (values.size() == DEEPEST) {
      throw new IllegalArgumentException("more than " + DEEPEST + " values wait on the stack");
    }
    values.add(value);
  }

  void mark() {
    if (marks.size() == DEEPEST) {
      throw new IllegalArgumentException("more than " + DEEPEST + " marks wait on the stack");
    }
    marks.add(values.size());
  }

  /** Whether a mark is on top. */
  boolean isMarked() {
    return !marks.isEmpty() && marks.getLast() == values.size();
  }

  void dropMark() {
    marks.removeLast();
  }

  @Nullable Object pop() {
    if (values.size() <= floor()) {
      throw new IllegalArgumentException("there is no value on the stack");
    }
    return values.removeLast();
  }

  @Nullable Object top() {
    if (values.size() <= floor()) {
      throw new IllegalArgumentException("there is no value on the stack");
    }
    return values.getLast();
  }

  /** The last values, taken off. */
  @Nullable Object[] pop(int count) {
    @Nullable Object[] popped = new @Nullable Object[count];
    for (int i = count - 1; i >= 0; i--) {
      popped[i] = pop();
    }
    return popped;
  }

  /** The values since the last mark, taken off with it. */
  @Nullable Object[] popToMark() {
    if (marks.isEmpty()) {
      throw new IllegalArgumentException("there is no mark on the stack");
    }
    int from = marks.removeLast();
    List<@Nullable Object> above = values.subList(from, values.size());
    @Nullable Object[] popped = above.toArray();
    above.clear();
    return popped;
  }
}
