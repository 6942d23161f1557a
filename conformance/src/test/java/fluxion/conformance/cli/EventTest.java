package fluxion.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.api.DType;
import fluxion.conformance.Verdict;
import fluxion.conformance.report.ErrorHistogram;
import fluxion.conformance.report.Judged;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EventTest {
  static List<Event> events() {
    return List.of(
        new Event.Found(List.of("acme.npu", "")),
        new Event.Listing(),
        new Event.Listed(List.of(new Event.Named("B-101", "npu", "a \"quoted\"\n\u2028 case"))),
        new Event.Unlisted("no"),
        new Event.Begun(Duration.ofSeconds(7)),
        new Event.Trying(12_345, 67),
        new Event.Ended(Verdict.fail("wrong\u0000"), Duration.ofNanos(7), List.of(), "int x;"),
        new Event.Described(
            new Judged(
                Judged.BACKEND,
                "Acme",
                "acme.npu",
                "",
                List.of(new Judged.JudgedDevice("npu", "big")),
                3)),
        new Event.Closed(),
        new Event.Replace(),
        new Event.Refused("no device"),
        new Event.Done());
  }

  @ParameterizedTest
  @MethodSource("events")
  void an_event_survives_its_line(Event event) {
    assertEquals(1, event.line().lines().count());
    assertEquals(Optional.of(event), Event.parse(event.line()));
  }

  @Test
  void measured_errors_survive_their_line() {
    ErrorHistogram errors = new ErrorHistogram("exp", DType.FLOAT32);
    errors.add(0.5, 1);
    errors.add(Double.NaN, 2);
    Event event = new Event.Ended(Verdict.PASS, Duration.ZERO, List.of(errors), "");
    Event.Ended read = (Event.Ended) Event.parse(event.line()).orElseThrow();
    ErrorHistogram there = read.errors().getFirst();
    assertEquals(errors.counts(), there.counts());
    assertEquals(Double.NaN, there.worst());
    assertEquals(2, there.budget());
  }

  @Test
  void what_a_plugin_prints_is_no_event() {
    assertEquals(Optional.empty(), Event.parse("Loading drivers..."));
    assertEquals(Optional.empty(), Event.parse("{\"event\": \"Party\"}"));
    assertEquals(Optional.empty(), Event.parse(""));
  }
}
