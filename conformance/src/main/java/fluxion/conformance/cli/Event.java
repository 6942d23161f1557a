package fluxion.conformance.cli;

import fluxion.api.DType;
import fluxion.api.FormatException;
import fluxion.conformance.Verdict;
import fluxion.conformance.golden.Json;
import fluxion.conformance.report.ErrorHistogram;
import fluxion.conformance.report.JsonText;
import fluxion.conformance.report.Judged;
import fluxion.conformance.suite.Check;
import fluxion.conformance.suite.Result;
import fluxion.conformance.suite.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a worker tells its parent: one line of JSON each. */
sealed interface Event {
  /**
   * What there is to judge.
   *
   * @param names the units' names
   */
  record Found(List<String> names) implements Event {}

  /** The checks of a unit are about to be listed. */
  record Listing() implements Event {}

  /**
   * The checks of a unit.
   *
   * @param checks rule, subject and name of each
   */
  record Listed(List<Named> checks) implements Event {}

  /**
   * The checks of a unit could not be listed.
   *
   * @param reason why
   */
  record Unlisted(String reason) implements Event {}

  /**
   * A check without its body.
   *
   * @param rule the rule's id
   * @param subject what is judged
   * @param name the case
   */
  record Named(String rule, String subject, String name) {
    /** The check's id. */
    String id() {
      return rule + " " + subject + ": " + name;
    }
  }

  /**
   * A check begins.
   *
   * @param limit how long it may take
   */
  record Begun(Duration limit) implements Event {}

  /**
   * A check that takes long goes on.
   *
   * @param inputs how many inputs it has tried
   * @param percent how much of its time is over
   */
  record Trying(long inputs, long percent) implements Event {}

  /**
   * A check has ended.
   *
   * @param verdict its verdict
   * @param took how long it took
   * @param errors what it measured
   * @param reproducer statements of Java, or the empty text
   */
  record Ended(Verdict verdict, Duration took, List<ErrorHistogram> errors, String reproducer)
      implements Event {}

  /**
   * What a unit says of itself.
   *
   * @param plugin the plugin
   */
  record Described(Judged plugin) implements Event {}

  /** A unit is done with. */
  record Closed() implements Event {}

  /**
   * Something stands still for good, or the memory is gone: the worker ends and wants to be
   * replaced.
   */
  record Replace() implements Event {}

  /**
   * Nothing can be judged.
   *
   * @param reason why, in a line
   */
  record Refused(String reason) implements Event {}

  /** All is done. */
  record Done() implements Event {}

  /** {@return the event that a check has ended} */
  static Ended ended(Result result) {
    Map<String, ErrorHistogram> errors = new LinkedHashMap<>();
    for (Trial.Measured one : result.errors()) {
      errors
          .computeIfAbsent(
              one.operator() + " " + one.dtype(),
              key -> new ErrorHistogram(one.operator(), one.dtype()))
          .add(one.ulps(), one.budget());
    }
    return new Ended(
        result.verdict(), result.took(), List.copyOf(errors.values()), result.reproducer());
  }

  /** {@return the event that checks were listed} */
  static Listed listed(List<Check> checks) {
    return new Listed(
        checks.stream()
            .map(check -> new Named(check.rule().id(), check.subject(), check.name()))
            .toList());
  }

  /** The line that says this. */
  default String line() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("event", getClass().getSimpleName());
    switch (this) {
      case Found found -> fields.put("names", found.names());
      case Listed listed ->
          fields.put(
              "checks",
              listed.checks().stream()
                  .map(check -> List.of(check.rule(), check.subject(), check.name()))
                  .toList());
      case Ended ended -> {
        fields.put("verdict", ended.verdict().kind().name());
        fields.put("reason", ended.verdict().reason());
        fields.put("nanos", ended.took().toNanos());
        fields.put("errors", ended.errors().stream().map(Event::fields).toList());
        fields.put("reproducer", ended.reproducer());
      }
      case Begun begun -> fields.put("nanos", begun.limit().toNanos());
      case Trying trying -> {
        fields.put("inputs", trying.inputs());
        fields.put("percent", trying.percent());
      }
      case Described described -> fields.putAll(fields(described.plugin()));
      case Unlisted unlisted -> fields.put("reason", unlisted.reason());
      case Refused refused -> fields.put("reason", refused.reason());
      case Listing _, Closed _, Replace _, Done _ -> {}
    }
    return JsonText.line(fields);
  }

  private static Map<String, Object> fields(ErrorHistogram errors) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("operator", errors.operator());
    fields.put("dtype", errors.dtype().name());
    fields.put("counts", errors.counts());
    // as a text: JSON has no NaN
    fields.put("worst", Double.toString(errors.worst()));
    fields.put("budget", Double.toString(errors.budget()));
    return fields;
  }

  private static Map<String, Object> fields(Judged plugin) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", plugin.kind());
    fields.put("name", plugin.name());
    fields.put("module", plugin.module());
    fields.put("version", plugin.version());
    fields.put(
        "devices", plugin.devices().stream().map(d -> List.of(d.name(), d.description())).toList());
    fields.put("operators", plugin.operators());
    return fields;
  }

  /** The event that a line says; nothing if the line is none, but what a plugin printed. */
  static Optional<Event> parse(String line) {
    try {
      return Optional.of(event(Json.object(Json.parse(line))));
    } catch (FormatException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Event event(Map<String, @Nullable Object> fields) {
    return switch (text(fields, "event")) {
      case "Found" -> new Found(texts(fields.get("names")));
      case "Listing" -> new Listing();
      case "Listed" -> {
        List<Named> checks = new ArrayList<>();
        for (Object one : Json.array(fields.get("checks"))) {
          List<String> parts = texts(one);
          checks.add(new Named(parts.get(0), parts.get(1), parts.get(2)));
        }
        yield new Listed(checks);
      }
      case "Unlisted" -> new Unlisted(text(fields, "reason"));
      case "Begun" -> new Begun(Duration.ofNanos(number(fields, "nanos")));
      case "Trying" -> new Trying(number(fields, "inputs"), number(fields, "percent"));
      case "Ended" ->
          new Ended(
              new Verdict(Verdict.Kind.valueOf(text(fields, "verdict")), text(fields, "reason")),
              Duration.ofNanos(number(fields, "nanos")),
              errors(Json.array(fields.get("errors"))),
              text(fields, "reproducer"));
      case "Described" -> new Described(plugin(fields));
      case "Closed" -> new Closed();
      case "Replace" -> new Replace();
      case "Refused" -> new Refused(text(fields, "reason"));
      case "Done" -> new Done();
      default -> throw new FormatException("no event: " + fields);
    };
  }

  private static List<ErrorHistogram> errors(List<@Nullable Object> list) {
    List<ErrorHistogram> errors = new ArrayList<>();
    for (Object one : list) {
      Map<String, @Nullable Object> fields = Json.object(one);
      List<Long> counts = new ArrayList<>();
      for (long count : Json.longs(fields.get("counts"))) {
        counts.add(count);
      }
      errors.add(
          new ErrorHistogram(
              text(fields, "operator"),
              DType.valueOf(text(fields, "dtype")),
              counts,
              Double.parseDouble(text(fields, "worst")),
              Double.parseDouble(text(fields, "budget"))));
    }
    return errors;
  }

  private static Judged plugin(Map<String, @Nullable Object> fields) {
    List<Judged.JudgedDevice> devices = new ArrayList<>();
    for (Object one : Json.array(fields.get("devices"))) {
      List<String> parts = texts(one);
      devices.add(new Judged.JudgedDevice(parts.get(0), parts.get(1)));
    }
    return new Judged(
        text(fields, "kind"),
        text(fields, "name"),
        text(fields, "module"),
        text(fields, "version"),
        devices,
        Math.toIntExact(number(fields, "operators")));
  }

  private static String text(Map<String, @Nullable Object> fields, String name) {
    return Json.string(fields.get(name));
  }

  private static long number(Map<String, @Nullable Object> fields, String name) {
    if (fields.get(name) instanceof Long number) {
      return number;
    }
    throw new FormatException(name + " is no whole number: " + fields);
  }

  private static List<String> texts(@Nullable Object value) {
    return Json.array(value).stream().map(Json::string).toList();
  }
}
