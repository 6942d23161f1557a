package fluxion.engine.fallback;

import fluxion.api.DeviceException;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.Buffer;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Operand;
import fluxion.engine.tape.HostValues;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Operands of one device, lent to another one for one primitive. Of each buffer one copy is made,
 * of all that its operands reach, so that those which share elements share them there, too.
 */
final class Loan implements AutoCloseable {
  /** The longest array that every JVM makes. */
  private static final long LONGEST = Integer.MAX_VALUE - 8;

  /** What is lent of a buffer. */
  private static final class Part {
    long start = Long.MAX_VALUE;
    long end;
    boolean written;
    @Nullable Buffer copy;

    int length() {
      return Math.toIntExact(Math.max(0, end - start));
    }
  }

  private final Backend owner;
  private final Backend borrower;
  private final IdentityHashMap<Buffer, Part> parts = new IdentityHashMap<>();

  /**
   * Copies operands to another device.
   *
   * @param owner whose they are
   * @param borrower where they go
   * @param written operands that will be written to
   * @param read further operands; some may be null
   */
  Loan(Backend owner, Backend borrower, List<Operand> written, List<@Nullable Operand> read) {
    this.owner = owner;
    this.borrower = borrower;
    for (Operand operand : written) {
      reach(operand).written = true;
    }
    for (Operand operand : read) {
      if (operand != null) {
        reach(operand);
      }
    }
    parts.forEach(this::lend);
  }

  private Part reach(Operand operand) {
    Part part = parts.computeIfAbsent(operand.buffer(), _ -> new Part());
    if (operand.numel() > 0) {
      part.start = Math.min(part.start, operand.layout().start());
      part.end = Math.max(part.end, operand.layout().bound());
      if (part.end - part.start > LONGEST) {
        throw new DeviceException(
            "a primitive cannot be computed by the device '%s' instead of '%s': it reaches %d"
                    .formatted(
                        borrower.properties().device(),
                        owner.properties().device(),
                        part.end - part.start)
                + " elements, more than an array holds");
      }
    }
    return part;
  }

  private void lend(Buffer buffer, Part part) {
    Buffer copy = borrower.allocateUnspecified(buffer.dtype(), part.length());
    part.copy = copy;
    if (part.length() > 0) {
      Object array = HostValues.newArray(buffer.dtype(), part.length());
      owner.download(buffer, part.start, array, 0, part.length());
      borrower.upload(array, 0, copy, 0, part.length());
    }
  }

  /** {@return a lent operand, as the other device has it} */
  Operand there(Operand operand) {
    Part part = Objects.requireNonNull(parts.get(operand.buffer()));
    Layout layout = operand.layout();
    long offset = operand.numel() == 0 ? 0 : layout.offset() - part.start;
    return Layout.of(layout.shape(), layout.strides(), offset)
        .operand(Objects.requireNonNull(part.copy));
  }

  /** {@return lent operands, as the other device has them} */
  Operand[] there(Operand[] operands) {
    Operand[] there = new Operand[operands.length];
    for (int i = 0; i < there.length; i++) {
      there[i] = there(operands[i]);
    }
    return there;
  }

  /** {@return a lent operand, as the other device has it, or null if it is null} */
  @Nullable Operand thereIfAny(@Nullable Operand operand) {
    return operand == null ? null : there(operand);
  }

  /** Copies back what was written. */
  void giveBack() {
    parts.forEach(
        (buffer, part) -> {
          if (part.written && part.length() > 0) {
            Object array = HostValues.newArray(buffer.dtype(), part.length());
            borrower.download(Objects.requireNonNull(part.copy), 0, array, 0, part.length());
            owner.upload(array, 0, buffer, part.start, part.length());
          }
        });
  }

  /** Frees the copies. */
  @Override
  public void close() {
    for (Part part : parts.values()) {
      if (part.copy != null) {
        borrower.free(part.copy);
      }
    }
  }
}
