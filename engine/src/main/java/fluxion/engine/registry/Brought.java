package fluxion.engine.registry;

import java.util.function.Supplier;

/**
 * A provider that a container brings: where it comes from is the container's to say.
 *
 * @param <P> the service's interface
 * @param type the name of its class
 * @param maker makes it; what that throws is the reason of a refusal
 * @param module the name of what holds it, by which it may be preferred
 * @param version its version, or the empty text
 * @param source stands for it when it is withdrawn
 */
public record Brought<P>(
    String type, Supplier<P> maker, String module, String version, Object source) {}
