package fluxion.examples.train;

import fluxion.api.ArgumentException;
import fluxion.nn.Stateful;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run that is resumed must have in common with the one that was saved. */
final class RunSettings implements Stateful {
  private final Map<String, Object> settings = new LinkedHashMap<>();

  /**
   * Takes what decides the course of a run.
   *
   * @param options how is trained
   * @param network which network
   * @param images the images to train on
   */
  RunSettings(TrainOptions options, Network network, Images images) {
    settings.put("model", network.toString());
    settings.put("optimizer", options.method().toString());
    settings.put("lr", options.learningRate());
    settings.put("batch", (long) options.batch());
    settings.put("epochs", (long) options.epochs());
    settings.put("seed", options.seed());
    settings.put("images", (long) images.size());
    settings.put("classes", (long) images.format().classes());
  }

  @Override
  public Map<String, Object> stateDict() {
    return settings;
  }

  @Override
  public Runnable prepareLoad(Map<?, ?> dict) {
    List<String> differences = new ArrayList<>();
    settings.forEach(
        (name, own) -> {
          Object saved = dict.get(name);
          if (!own.equals(saved)) {
            differences.add(name + " " + saved + ", not " + own);
          }
        });
    if (!differences.isEmpty()) {
      throw new ArgumentException("it has " + String.join("; ", differences));
    }
    return () -> {};
  }
}
