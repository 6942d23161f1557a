package fluxion.examples.tutorials;

import java.util.List;
import java.util.function.Consumer;

/**
 * One tutorial.
 *
 * @param number its number, three digits
 * @param title what it is about
 * @param home the class that it is written in, whose source is shown
 * @param body runs it
 */
record Tutorial(String number, String title, Class<?> home, Consumer<Notebook> body) {
  /** All of them, in order. */
  static final List<Tutorial> ALL =
      List.of(
          new Tutorial(
              "000", "Gradients, a ResNet-18, and how not to record", Basics.class, Basics::run),
          new Tutorial(
              "001",
              "The graph, gradients and an optimiser",
              GraphAndGradients.class,
              GraphAndGradients::run),
          new Tutorial(
              "002",
              "With and without gradients; tensors that are no scalars",
              NonScalars.class,
              NonScalars::run),
          new Tutorial("003", "Automatic differentiation in one go", Blitz.class, Blitz::run),
          new Tutorial("004", "One layer and its loss", OneLayer.class, OneLayer::run));
}
