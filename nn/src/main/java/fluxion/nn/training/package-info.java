/**
 * What a training run needs beside the model: metrics, a progress bar, early stopping, logs for
 * spreadsheets and for TensorBoard, and checkpoints from which a run goes on bit for bit.
 *
 * {@snippet :
 * var state = new TrainingState().with("model", model).with("optimizer", optimizer);
 * var checkpoints = new PeriodicCheckpoints(state, Path.of("run"), 100, 3);
 * checkpoints.resume();
 * while (state.step() < steps) {
 *   ... // a step of the optimiser
 *   state.nextStep();
 *   checkpoints.save();
 * }
 * }
 *
 * <p>None of them looks at a tensor before somebody asks for a number, so that a device works on
 * meanwhile. None is thread-safe.
 */
@NullMarked
package fluxion.nn.training;

import org.jspecify.annotations.NullMarked;
