/**
 * Events of the JDK's Flight Recorder. Their classes are touched only after {@link
 * fluxion.engine.spi.Profiling#isOn} has said so: a program that is not recorded loads none.
 */
@org.jspecify.annotations.NullMarked
package fluxion.engine.profile;
