package fluxion.benchmarks;

import java.util.List;

/**
 * A row of the table.
 *
 * @param name under which the frameworks have the workload, and filters find the row
 * @param title what the report calls it
 * @param kind what is measured
 * @param settings under which it is measured
 * @param work how much work a run is
 * @param goal what is to be reached
 * @param takers who can do it
 */
record Row(
    String name,
    String title,
    Kind kind,
    List<Setting> settings,
    Work work,
    Goal goal,
    Takers takers) {

  /** What is measured of a process. */
  enum Kind {
    /** Nanoseconds a run. */
    TIME,
    /** The largest resident memory of a process that has run the workload ten times. */
    MEMORY,
    /** From the start of a process to the gradient that it prints, on the plain module path. */
    START,
    /** The same as an image with an archive of what it loads. */
    IMAGE,
    /** The size of the jars. */
    DISK;

    boolean isSize() {
      return this == MEMORY || this == DISK;
    }
  }

  /** Who can do the work. */
  enum Takers {
    /** Fluxion and its peers, on any device. */
    ALL,
    /** Fluxion and its peers, on the processor. */
    PEERS,
    /** Fluxion alone, on any device. */
    DEVICES,
    /** Fluxion alone, on the processor. */
    FLUXION
  }

  static Row of(String name, String title) {
    return new Row(name, title, Kind.TIME, List.of(Setting.TWO), Work.NONE, Goal.NONE, Takers.ALL);
  }

  Row measures(Kind other) {
    return new Row(name, title, other, settings, work, goal, takers);
  }

  Row under(Setting... others) {
    return new Row(name, title, kind, List.of(others), work, goal, takers);
  }

  Row does(Work other) {
    return new Row(name, title, kind, settings, other, goal, takers);
  }

  Row reaches(Goal other) {
    return new Row(name, title, kind, settings, work, other, takers);
  }

  Row by(Takers others) {
    return new Row(name, title, kind, settings, work, goal, others);
  }

  /** The workload's name: that of a row of memory is the row's whose memory it is. */
  String workload() {
    return kind == Kind.MEMORY ? name.replace("-memory", "") : name;
  }
}
