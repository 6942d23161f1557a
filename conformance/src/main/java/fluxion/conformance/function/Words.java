package fluxion.conformance.function;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a useful refusal of a call may name: the operator, a parameter, or what was found. */
final class Words {
  private Words() {}

  /** The operator, without the underscore of a form in place, and its parameters. */
  static List<String> of(OperatorSubject subject) {
    List<String> words = new ArrayList<>();
    String name = subject.name();
    words.add(subject.isInPlace() ? name.substring(0, name.length() - 1) : name);
    for (Operator.Overload<?> overload : subject.operator().overloads()) {
      for (Signature.Parameter parameter : overload.signature().parameters()) {
        words.add(parameter.name());
      }
    }
    return words;
  }

  /** These, and a dtype by each of its names. */
  static List<String> of(Session session, Arguments sample, DType dtype) {
    List<String> words = of(session, sample.values());
    words.addAll(of(dtype));
    return words;
  }

  /** These, what some arguments are, and that a dimension or a size is meant. */
  static List<String> of(Session session, List<? extends @Nullable Object> arguments) {
    List<String> words = of(session.subject());
    words.add("dimension");
    arguments.forEach(argument -> add(words, argument));
    return words;
  }

  /** Adds the sizes and dtypes of tensors, and others as they are written. */
  private static void add(List<String> words, @Nullable Object argument) {
    switch (argument) {
      case null -> words.add("none");
      case Tensor tensor -> {
        words.addAll(of(tensor.dtype()));
        words.add(tensor.dim() + "D");
        for (long size : tensor.shape().toArray()) {
          words.add(Long.toString(size));
        }
      }
      case List<?> list -> list.forEach(item -> add(words, item));
      case Scalar scalar -> {
        words.add(scalar.toString());
        words.addAll(of(scalar.dtype()));
      }
      default -> words.add(argument.toString());
    }
  }

  private static List<String> of(DType dtype) {
    return List.of(
        dtype.shortName(),
        dtype.typeName(),
        dtype.category().name().toLowerCase(Locale.ROOT),
        dtype.isFloatingPoint() ? "float" : "int");
  }
}
