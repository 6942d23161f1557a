package fluxion.nn.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.FormatException;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.nn.Linear;
import fluxion.nn.checkpoint.Checkpoints;
import fluxion.nn.checkpoint.OrderedDict;
import fluxion.nn.checkpoint.PyTorch;
import fluxion.nn.optim.Adam;
import fluxion.nn.optim.SGD;
import fluxion.nn.optim.StepLR;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TrainingStateTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void choose_a_file() {
    file = folder.resolve("run.pth");
  }

  // ---- going on

  @ParameterizedTest
  @EnumSource
  void a_run_that_is_resumed_goes_on_bit_for_bit(SampleRun.Kind kind) throws IOException {
    Tensors.manualSeed(1);
    SampleRun straight = new SampleRun(kind);
    straight.steps(10);
    double[] outcome = straight.outcome();

    Tensors.manualSeed(1);
    SampleRun first = new SampleRun(kind);
    first.steps(5);
    first.state.save(file);

    // another process would start from other numbers, too
    Tensors.manualSeed(99);
    SampleRun resumed = new SampleRun(kind);
    resumed.state.load(file);
    assertEquals(5, resumed.state.step());
    assertEquals(1, resumed.state.epoch());
    assertEquals(1, resumed.state.stepOfEpoch());
    resumed.steps(5);

    assertArrayEquals(outcome, resumed.outcome());
    straight
        .model
        .stateDict()
        .forEach(
            (name, tensor) ->
                assertArrayEquals(
                    tensor.toDoubleArray(),
                    resumed.model.stateDict().get(name).toDoubleArray(),
                    name));
    assertEquals(
        straight.optimizer.stateDict().toString(), resumed.optimizer.stateDict().toString());
    assertEquals(straight.optimizer.toString(), resumed.optimizer.toString());
    assertEquals(straight.scheduler.stateDict(), resumed.scheduler.stateDict());
    assertEquals(straight.state.epoch(), resumed.state.epoch());
    assertEquals(10, resumed.state.step());
  }

  @Test
  void the_generator_goes_on_where_it_was() throws IOException {
    Tensors.manualSeed(3);
    Tensors.rand(5);
    Tensors.randn(3); // keeps the second of a pair for the next call
    new TrainingState().save(file);
    float[] expected = Tensors.randn(7).toFloatArray();
    Tensors.manualSeed(4);
    new TrainingState().load(file);
    assertArrayEquals(expected, Tensors.randn(7).toFloatArray());
    assertEquals(3, Tensors.initialSeed());
  }

  @Test
  void metadata_come_along() throws IOException {
    TrainingState state = new TrainingState();
    state.metadata().put("data", "digits");
    state.metadata().put("classes", List.of(3L, 4L));
    state.metadata().put("nothing", null);
    state.save(file);
    TrainingState loaded = new TrainingState();
    loaded.metadata().put("old", 1L);
    loaded.load(file);
    assertEquals(state.metadata(), loaded.metadata());
  }

  // ---- what is in the file

  @Test
  void the_file_is_a_dict_of_pytorchs() throws IOException {
    Linear model = new Linear(2, 1);
    Adam optimizer = new Adam(model.parameters());
    TrainingState state = new TrainingState().with("model", model).with("optimizer", optimizer);
    model.forward(Tensors.ones(1, 2)).sum().backward();
    optimizer.step();
    state.nextStep();
    state.save(file);
    Map<?, ?> dict = (Map<?, ?>) PyTorch.load(file);
    assertEquals(
        "[format, version, types, epoch, step, step_of_epoch, metadata, rng_state, model,"
            + " optimizer]",
        dict.keySet().toString());
    assertEquals("{model=Linear, optimizer=Adam}", dict.get("types").toString());
    assertEquals(0L, dict.get("epoch"));
    assertEquals(1L, dict.get("step"));
    assertEquals(5056, ((Tensor) dict.get("rng_state")).numel());
    assertTrue(dict.get("model") instanceof OrderedDict);
    assertEquals("[state, param_groups]", ((Map<?, ?>) dict.get("optimizer")).keySet().toString());
    assertTrue(Checkpoints.load(file).containsKey("optimizer.state.0.exp_avg"));
  }

  @Test
  void a_part_cannot_take_the_name_of_something_else() {
    TrainingState state = new TrainingState().with("model", new Linear(1, 1));
    for (String name : List.of("", "model", "epoch", "rng_state", "types")) {
      assertEquals(
          "a part of a training state cannot be called '" + name + "'",
          assertThrows(ArgumentException.class, () -> state.with(name, new Mean())).getMessage());
    }
  }

  // ---- what does not fit

  /** A run and all that could change in it. */
  private record Watched(TrainingState state, Linear model, SGD optimizer, StepLR scheduler) {
    static Watched make() {
      Linear model = new Linear(3, 2);
      SGD optimizer = new SGD(model.parameters(), 0.1);
      StepLR scheduler = new StepLR(optimizer, 2);
      TrainingState state =
          new TrainingState()
              .with("model", model)
              .with("optimizer", optimizer)
              .with("scheduler", scheduler);
      state.metadata().put("note", "mine");
      return new Watched(state, model, optimizer, scheduler);
    }

    private String all() {
      return model.stateDict()
          + "\n"
          + optimizer.stateDict()
          + scheduler.stateDict()
          + state.metadata()
          + state.epoch()
          + state.step()
          + Arrays.hashCode(Tensors.rngState());
    }

    String refusal(Path file) {
      String before = all();
      RuntimeException refusal =
          assertThrows(RuntimeException.class, () -> state.load(file), "is refused");
      assertTrue(
          refusal instanceof ArgumentException || refusal instanceof FormatException,
          refusal.toString());
      assertEquals(before, all(), "nothing is changed");
      return refusal.getMessage();
    }
  }

  @Test
  void the_state_of_another_run_is_refused_with_all_that_is_wrong() throws IOException {
    Linear model = new Linear(4, 2, false);
    TrainingState other =
        new TrainingState()
            .with("model", model)
            .with("optimizer", new Adam(model.parameters()))
            .with("loss", new Mean());
    other.nextStep();
    other.save(file);
    assertEquals(
        file
            + " is the state of another run; nothing was loaded:\n"
            + "\tmodel: Error(s) in loading state_dict for Linear:\n"
            + "\t\tMissing key(s) in state_dict: \"bias\". \n"
            + "\t\tsize mismatch for weight: copying a param with shape torch.Size([2, 4]) from"
            + " checkpoint, the shape in current model is torch.Size([2, 3]).\n"
            + "\toptimizer: expected the state of SGD, found that of Adam\n"
            + "\tscheduler: there is none in the file\n"
            + "\tloss: this run has none",
        Watched.make().refusal(file));
  }

  @Test
  void an_optimiser_of_other_groups_or_state_is_refused() throws IOException {
    Watched run = Watched.make();
    Linear model = new Linear(3, 2);
    SGD optimizer = new SGD(List.of(model.weight()), 0.1);
    new TrainingState()
        .with("model", model)
        .with("optimizer", optimizer)
        .with("scheduler", new StepLR(optimizer, 2))
        .save(file);
    assertEquals(
        file
            + " is the state of another run; nothing was loaded:\n"
            + "\toptimizer: loaded state dict contains a parameter group that doesn't match the"
            + " size of optimizer's group",
        run.refusal(file));
  }

  @SuppressWarnings("unchecked")
  private Map<Object, Object> saved() throws IOException {
    Watched.make().state.save(file);
    return (Map<Object, Object>) PyTorch.load(file);
  }

  private String refusalWithout(String key, Object value) throws IOException {
    Map<Object, Object> dict = new LinkedHashMap<>(saved());
    dict.put(key, value);
    PyTorch.save(dict, file);
    return Watched.make().refusal(file);
  }

  @Test
  void what_is_no_training_state_is_refused() throws IOException {
    String wrong =
        file
            + ": expected a training state, which is a dict with format 'fluxion training state';"
            + " to load weights alone, use Layer.loadStateDict";
    Checkpoints.save(new Linear(3, 2).stateDict(), file);
    assertEquals(wrong, Watched.make().refusal(file));
    PyTorch.save(List.of(1L), file);
    assertEquals(wrong, Watched.make().refusal(file));
    assertEquals(file + ": expected version 1, found 2", refusalWithout("version", 2L));
    String parts =
        file
            + ": expected types, epoch, step, step_of_epoch, metadata and rng_state, which are a"
            + " dict, integers from 0, a dict and a tensor of bytes";
    assertEquals(parts, refusalWithout("epoch", -1L));
    assertEquals(parts, refusalWithout("step", "many"));
    assertEquals(parts, refusalWithout("types", null));
    assertEquals(parts, refusalWithout("metadata", 1L));
    assertEquals(parts, refusalWithout("rng_state", Tensors.ones(3)));
    assertTrue(
        refusalWithout("rng_state", Tensors.tensor(1L).to(DType.UINT8).reshape(1))
            .startsWith(file + ": rng_state: a state of the CPU generator has 5056 bytes"));
    assertTrue(
        refusalWithout("model", new LinkedHashMap<>(Map.of("weight", 1L)))
            .endsWith("model: a state_dict holds tensors by name, but these are none: \"weight\""));
  }

  /** Copies of a tree, in each of which one value is another. */
  private static void change(Object tree, List<Object> others, Consumer<Object> taker) {
    switch (tree) {
      case Map<?, ?> map ->
          map.forEach(
              (key, value) -> {
                Consumer<Object> withValue =
                    changed -> {
                      Map<Object, Object> copy = new LinkedHashMap<>(map);
                      copy.put(key, changed);
                      taker.accept(copy);
                    };
                others.forEach(withValue);
                change(value, others, withValue);
                Map<Object, Object> without = new LinkedHashMap<>(map);
                without.remove(key);
                taker.accept(without);
              });
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          int place = i;
          Consumer<Object> withItem =
              changed -> {
                List<Object> copy = new ArrayList<>(list);
                copy.set(place, changed);
                taker.accept(copy);
              };
          others.forEach(withItem);
          change(list.get(i), others, withItem);
        }
      }
      case null, default -> {}
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatever_is_in_a_file_it_is_loaded_whole_or_refused_whole(SampleRun.Kind kind) {
    Tensors.manualSeed(1);
    SampleRun run = new SampleRun(kind);
    run.steps(2);
    EarlyStopping stopping =
        new EarlyStopping(EarlyStopping.Mode.MIN, 3).restoring(new Linear(2, 1));
    stopping.update(1);
    ConfusionMatrix matrix = new ConfusionMatrix(2);
    TrainingState state =
        new TrainingState()
            .with("model", run.model)
            .with("optimizer", run.optimizer)
            .with("scheduler", run.scheduler)
            .with("loss", new Mean())
            .with("accuracy", new Accuracy())
            .with("matrix", matrix)
            .with("stopping", stopping);
    Object whole = bits(state.dict());
    Object saved = copy(state.dict());
    List<Object> others = new ArrayList<>(List.of("text", -1L, Map.of()));
    others.add(Tensors.ones(2, 2));
    others.add(null);
    int[] refused = {0};
    change(
        saved,
        others,
        changed -> {
          try {
            state.load(changed, "file");
            state.load(saved, "file");
          } catch (ArgumentException | FormatException e) {
            refused[0]++;
          }
          assertEquals(whole, bits(state.dict()), () -> "after " + changed);
        });
    assertTrue(refused[0] > 100, refused[0] + " refused");
  }

  private static Object copy(Object value) {
    return mapped(value, tensor -> tensor.detach().clone());
  }

  /** What can be compared, with the elements of tensors in one number. */
  private static Object bits(Object value) {
    return mapped(value, tensor -> tensor.shape() + " " + Arrays.hashCode(tensor.toDoubleArray()));
  }

  private static Object mapped(Object value, Function<Tensor, Object> tensors) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<Object, Object> copied = new LinkedHashMap<>();
        map.forEach((key, item) -> copied.put(key, mapped(item, tensors)));
        yield copied;
      }
      case List<?> list -> {
        List<Object> copied = new ArrayList<>();
        list.forEach(item -> copied.add(mapped(item, tensors)));
        yield copied;
      }
      case Tensor tensor -> tensors.apply(tensor);
      case null, default -> value;
    };
  }

  @Test
  void a_damaged_file_is_refused() throws IOException {
    saved();
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertTrue(Watched.make().refusal(file).startsWith(file.toString()));
    byte[] flipped = bytes.clone();
    flipped[bytes.length / 2] ^= 1;
    Files.write(file, flipped);
    assertTrue(Watched.make().refusal(file).startsWith(file.toString()));
    Files.write(file, new byte[0]);
    assertTrue(Watched.make().refusal(file).startsWith(file.toString()));
    Files.delete(file);
    assertThrows(NoSuchFileException.class, () -> Watched.make().state.load(file));
  }

  @Test
  void a_file_that_cannot_be_written_leaves_the_old_one() throws IOException {
    TrainingState state = new TrainingState();
    state.nextStep();
    state.save(file);
    state.nextStep();
    state.metadata().put("no", new Object());
    assertTrue(
        assertThrows(ArgumentException.class, () -> state.save(file))
            .getMessage()
            .startsWith("a checkpoint cannot hold a java.lang.Object"));
    TrainingState loaded = new TrainingState();
    loaded.load(file);
    assertEquals(1, loaded.step());
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count(), "no part of the new one is left");
    }
  }
}
