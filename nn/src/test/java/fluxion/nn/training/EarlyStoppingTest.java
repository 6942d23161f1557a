package fluxion.nn.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.nn.Linear;
import fluxion.nn.training.EarlyStopping.Mode;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EarlyStoppingTest {
  private static int updatesUntilItStops(EarlyStopping stopping, double... metrics) {
    for (int i = 0; i < metrics.length; i++) {
      if (stopping.update(metrics[i])) {
        return i + 1;
      }
    }
    return -1;
  }

  private static String refusal(Runnable call) {
    return assertThrows(ArgumentException.class, call::run).getMessage();
  }

  @Test
  void it_stops_after_as_many_updates_in_a_row_as_bring_nothing_better() {
    EarlyStopping stopping = new EarlyStopping(Mode.MIN, 2);
    assertEquals(6, updatesUntilItStops(stopping, 3, 2, 2.5, 1, 1, 1.5));
    assertEquals(1, stopping.best());
    assertEquals(4, stopping.bestUpdate());
  }

  @Test
  void more_may_be_better() {
    EarlyStopping stopping = new EarlyStopping(Mode.MAX, 1);
    assertEquals(3, updatesUntilItStops(stopping, 0.5, 0.75, 0.75));
    assertEquals(0.75, stopping.best());
  }

  @Test
  void less_than_the_delta_does_not_count() {
    assertEquals(
        3, updatesUntilItStops(new EarlyStopping(Mode.MIN, 2).minDelta(0.5), 1, 0.75, 0.5, 0));
    assertEquals(
        -1, updatesUntilItStops(new EarlyStopping(Mode.MIN, 2).minDelta(0.25), 1, 0.75, 0.5, 0));
  }

  @Test
  void nan_is_never_better() {
    EarlyStopping stopping = new EarlyStopping(Mode.MIN, 2);
    assertEquals(2, updatesUntilItStops(stopping, Double.NaN, Double.NaN));
    assertEquals(Double.POSITIVE_INFINITY, stopping.best());
    assertEquals(0, stopping.bestUpdate());
  }

  @Test
  void the_model_comes_back_as_it_was_at_its_best() {
    Linear model = new Linear(2, 1);
    EarlyStopping stopping = new EarlyStopping(Mode.MIN, 1).restoring(model);
    assertEquals("there is no best state to restore yet", refusal(stopping::restore));
    float[] best = model.weight().toFloatArray();
    assertFalse(stopping.update(1));
    try (var _ = Autograd.noGrad()) {
      model.weight().zero_();
    }
    assertTrue(stopping.update(2));
    stopping.restore();
    assertArrayEquals(best, model.weight().toFloatArray());
    assertEquals(
        "there is no model to restore: name it by restoring(model)",
        refusal(() -> new EarlyStopping(Mode.MIN, 1).restore()));
  }

  @Test
  void it_goes_on_from_saved_state() {
    Linear model = new Linear(2, 1);
    EarlyStopping stopping = new EarlyStopping(Mode.MIN, 3).restoring(model);
    stopping.update(5);
    stopping.update(6);
    Linear other = new Linear(2, 1);
    EarlyStopping resumed = new EarlyStopping(Mode.MIN, 3).restoring(other);
    resumed.prepareLoad(stopping.stateDict()).run();
    assertEquals(2, updatesUntilItStops(resumed, 7, 8));
    resumed.restore();
    assertArrayEquals(model.weight().toFloatArray(), other.weight().toFloatArray());
    // before there was a best one
    resumed.prepareLoad(new EarlyStopping(Mode.MIN, 3).restoring(model).stateDict()).run();
    assertEquals("there is no best state to restore yet", refusal(resumed::restore));
  }

  @Test
  void it_refuses_the_state_of_another() {
    EarlyStopping larger = new EarlyStopping(Mode.MIN, 1).restoring(new Linear(3, 1));
    larger.update(1);
    EarlyStopping stopping = new EarlyStopping(Mode.MAX, 1).restoring(new Linear(2, 1));
    assertEquals(
        "loaded state dict does not fit EarlyStopping:\n"
            + "\tmode: expected MAX, found MIN\n"
            + "\tbest_state: Error(s) in loading state_dict for Linear:\n"
            + "\tsize mismatch for weight: copying a param with shape torch.Size([1, 3]) from"
            + " checkpoint, the shape in current model is torch.Size([1, 2]).",
        refusal(() -> stopping.prepareLoad(larger.stateDict())));
    assertTrue(
        refusal(() -> stopping.prepareLoad(Map.of("best", 1.0, "mode", "MAX")))
            .endsWith("\n\tupdates: missing\n\tbest_update: missing"));
  }

  @Test
  void settings_that_will_not_do_are_refused() {
    assertEquals(
        "patience must be 1 or more, but is 0", refusal(() -> new EarlyStopping(Mode.MIN, 0)));
    assertEquals(
        "minDelta must be a number from 0, but is -1.0",
        refusal(() -> new EarlyStopping(Mode.MIN, 1).minDelta(-1)));
  }
}
