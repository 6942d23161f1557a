package fluxion.engine.registry;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A provider that is yet to be made and asked.
 *
 * @param <T> what it offers
 * @param interview makes and asks it; gives null if it is of no interest after all
 * @param silent what is to be said of it if it does not answer, with what it was doing
 */
record Question<T>(
    Supplier<@Nullable Found<T>> interview,
    java.util.function.Function<StackTraceElement[], Found<T>> silent) {}
