package fluxion.nn;

import fluxion.api.Hook;
import fluxion.api.Tensor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The hooks of one layer, in the order in which they were registered. */
final class ForwardHooks {
  /** A hook that is there twice is there as two. */
  private record Registered<H>(H hook, Object identity) {}

  private final List<Registered<ForwardPreHook>> before = new CopyOnWriteArrayList<>();
  private final List<Registered<ForwardHook>> after = new CopyOnWriteArrayList<>();

  private static <H> Hook add(List<Registered<H>> hooks, H hook) {
    Registered<H> registered = new Registered<>(hook, new Object());
    hooks.add(registered);
    return () -> hooks.remove(registered);
  }

  Hook addBefore(ForwardPreHook hook) {
    return add(before, hook);
  }

  Hook addAfter(ForwardHook hook) {
    return add(after, hook);
  }

  Tensor call(Layer layer, Tensor given) {
    Tensor input = given;
    for (Registered<ForwardPreHook> registered : before) {
      Tensor other = registered.hook().before(layer, input);
      input = other == null ? input : other;
    }
    Tensor output = layer.forward(input);
    for (Registered<ForwardHook> registered : after) {
      Tensor other = registered.hook().after(layer, input, output);
      output = other == null ? output : other;
    }
    return output;
  }
}
