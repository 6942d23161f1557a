package fluxion.conformance.function;

import fluxion.conformance.suite.Settings;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;

/**
 * An operator that is judged.
 *
 * @param provider offers it
 * @param operator which it is
 * @param settings how the suite is run
 */
public record OperatorSubject(FunctionProvider provider, Operator operator, Settings settings) {}
