package fluxion.nn.data;

import fluxion.api.Tensors;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Examples whose input and label are their number; remembers who asked for them. */
class Numbers implements Dataset {
  private final int size;
  private final Set<Integer> asked = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  Numbers(int size) {
    this.size = size;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Example get(int index) {
    asked.add(index);
    threads.add(Thread.currentThread());
    return Example.of(Tensors.tensor((float) index), index);
  }

  /** How many examples were asked for until now. */
  int asked() {
    return asked.size();
  }

  Set<Thread> threads() {
    return threads;
  }
}
