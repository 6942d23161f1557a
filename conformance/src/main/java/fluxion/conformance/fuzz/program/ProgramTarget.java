package fluxion.conformance.fuzz.program;

import fluxion.api.Device;
import fluxion.api.IndexException;
import fluxion.conformance.fuzz.ByteSource;
import fluxion.conformance.fuzz.Finding;
import fluxion.conformance.fuzz.FuzzTarget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Random programs on a device and on the reference. */
public final class ProgramTarget implements FuzzTarget {
  private static final int TRIES = 600;
  private static final Duration MINIMISING = Duration.ofSeconds(30);

  private final Device device;
  private final Device reference;

  /**
   * Makes the target.
   *
   * @param device the device under test
   * @param reference the device that is right
   */
  public ProgramTarget(Device device, Device reference) {
    this.device = device;
    this.reference = reference;
  }

  @Override
  public String name() {
    return "programs";
  }

  @Override
  public String covers() {
    return "random differentiable programs, forward and backward, against the reference device";
  }

  @Override
  public void run(ByteSource source) {
    check(ProgramGenerator.program(source));
  }

  /**
   * Runs a program on both devices.
   *
   * @param program the program
   * @throws Finding if they differ
   */
  public void check(Program program) {
    if (difference(program).isPresent()) {
      long begin = System.nanoTime();
      Program small =
          new ProgramMinimiser(
                  candidate ->
                      System.nanoTime() - begin < MINIMISING.toNanos() && differs(candidate),
                  TRIES)
              .minimise(program);
      throw new Finding(
          "on " + device + ", " + difference(small).orElseThrow(), small.java(device));
    }
  }

  /**
   * Whether a smaller program shows a difference, too. If its indices are out of range now, a
   * device that works on by itself says so when the values are read: then it is no program to show.
   */
  private boolean differs(Program candidate) {
    try {
      return difference(candidate).isPresent();
    } catch (IndexException e) {
      return false;
    }
  }

  private Optional<String> difference(Program program) {
    List<Outcome> disturbed =
        Stream.of(Noise.UP, Noise.DOWN, Noise.MIXED, Noise.OTHERWISE_MIXED)
            .map(noise -> ProgramRunner.run(program, reference, noise))
            .toList();
    return new Comparison(
            program,
            ProgramRunner.run(program, device, Noise.NONE),
            ProgramRunner.run(program, reference, Noise.NONE),
            disturbed)
        .difference();
  }
}
