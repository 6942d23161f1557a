package fluxion.nn.graph.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Gives layers their heights and links their ways, once each vertex has an x. */
final class Routing {
  /** The least distance of two layers. */
  private static final double GAP = 26;

  /** What a gap grows by with the way that its widest link goes aside, and by how much at most. */
  private static final double SLOPE = 0.12;

  private static final double STEEPEST = 150;

  /** Between two links that meet the same side of a box. */
  private static final double PORT = 12;

  /** What a port keeps from the corner. */
  private static final double CORNER = 6;

  /** Between two links at the side. */
  private static final double LANE = 14;

  /** What counts as the same x. */
  private static final double SAME = 0.5;

  private final Diagram diagram;
  private final LayeredGraph graph;
  private final double[] x;

  /** The x of each link's way at the side, where it has one. */
  private final double[] lanes;

  /** The x at which each link leaves its upper box, and at which it meets its lower. */
  private final double[] starts;

  private final double[] ends;

  private final double[] tops;
  private final double[] bottoms;

  Routing(Diagram diagram, LayeredGraph graph, double[] x) {
    this.diagram = diagram;
    this.graph = graph;
    this.x = x;
    double left = 0;
    for (int v = 0; v < x.length; v++) {
      left = v == 0 ? x[v] - graph.width[v] / 2 : Math.min(left, x[v] - graph.width[v] / 2);
    }
    for (int v = 0; v < x.length; v++) {
      x[v] -= left;
    }
    this.lanes = lanes();
    this.starts = ports(true);
    this.ends = ports(false);
    this.tops = new double[graph.order.length];
    this.bottoms = new double[graph.order.length];
    stack();
  }

  private double right() {
    double right = 0;
    for (int v = 0; v < x.length; v++) {
      right = Math.max(right, x[v] + graph.width[v] / 2);
    }
    return right;
  }

  private int layerOfStart(int link) {
    return graph.layer[graph.chains[link][0]];
  }

  private int layerOfEnd(int link) {
    int[] chain = graph.chains[link];
    return graph.layer[chain[chain.length - 1]];
  }

  /** Each link at the side takes the first lane that is free from its upper layer on. */
  private double[] lanes() {
    double[] found = new double[graph.chains.length];
    List<Integer> links = new ArrayList<>();
    for (int link = 0; link < found.length; link++) {
      if (graph.aside[link]) {
        links.add(link);
      }
    }
    links.sort(Comparator.comparingInt(this::layerOfStart));
    double right = right();
    // a lane is free again where its last link ended; the earliest is looked at first
    PriorityQueue<int[]> busy =
        new PriorityQueue<>(
            Comparator.<int[]>comparingInt(lane -> lane[0]).thenComparingInt(lane -> lane[1]));
    int count = 0;
    for (int link : links) {
      int[] lane = busy.peek();
      if (lane != null && lane[0] <= layerOfStart(link)) {
        busy.remove();
      } else {
        lane = new int[] {0, count++};
      }
      lane[0] = layerOfEnd(link);
      busy.add(lane);
      found[link] = right + LANE * (1 + lane[1]);
    }
    return found;
  }

  /** The x to which a link goes from its upper box, or from which it comes to its lower. */
  private double toward(int link, boolean start) {
    int[] chain = graph.chains[link];
    return graph.aside[link] ? lanes[link] : x[start ? chain[1] : chain[chain.length - 2]];
  }

  /** Spreads the links at one side of each box, in the order in which they come. */
  private double[] ports(boolean start) {
    List<List<Integer>> ofBox = new ArrayList<>();
    for (int box = 0; box < graph.boxes; box++) {
      ofBox.add(new ArrayList<>());
    }
    for (int link = 0; link < graph.chains.length; link++) {
      int[] chain = graph.chains[link];
      ofBox.get(start ? chain[0] : chain[chain.length - 1]).add(link);
    }
    double[] ports = new double[graph.chains.length];
    for (int box = 0; box < graph.boxes; box++) {
      List<Integer> links = ofBox.get(box);
      links.sort(Comparator.comparingDouble(link -> toward(link, start)));
      double middle = x[box];
      int before = 0;
      int straight = 0;
      for (int link : links) {
        double way = toward(link, start) - middle;
        before += way < -SAME ? 1 : 0;
        straight += Math.abs(way) <= SAME ? 1 : 0;
      }
      // what goes straight on is in the middle, else all together are
      double centre = straight > 0 ? before + (straight - 1) / 2.0 : (links.size() - 1) / 2.0;
      double most = Math.max(centre, links.size() - 1 - centre);
      double room = graph.width[box] / 2 - CORNER;
      double step = most == 0 ? 0 : Math.min(PORT, Math.max(0, room) / most);
      for (int i = 0; i < links.size(); i++) {
        ports[links.get(i)] = middle + (i - centre) * step;
      }
    }
    return ports;
  }

  /** Stacks the layers; a gap is the higher the further a link goes aside in it. */
  private void stack() {
    int layers = tops.length;
    double[] heights = new double[layers];
    for (int box = 0; box < graph.boxes; box++) {
      int l = graph.layer[box];
      heights[l] = Math.max(heights[l], diagram.boxes().get(box).height());
    }
    double[] widest = new double[layers];
    for (int link = 0; link < graph.chains.length; link++) {
      int[] chain = graph.chains[link];
      for (int i = 1; i < chain.length; i++) {
        if (graph.aside[link]) {
          widen(widest, layerOfStart(link), lanes[link] - starts[link]);
          widen(widest, layerOfEnd(link) - 1, lanes[link] - ends[link]);
        } else {
          double one = i == 1 ? starts[link] : x[chain[i - 1]];
          double other = i == chain.length - 1 ? ends[link] : x[chain[i]];
          widen(widest, graph.layer[chain[i - 1]], other - one);
        }
      }
    }
    double y = 0;
    for (int l = 0; l < layers; l++) {
      tops[l] = y;
      bottoms[l] = y + heights[l];
      y = bottoms[l] + GAP + Math.min(STEEPEST, SLOPE * widest[l]);
    }
  }

  private static void widen(double[] widest, int l, double way) {
    widest[l] = Math.max(widest[l], Math.abs(way));
  }

  private double top(int box) {
    int l = graph.layer[box];
    return (tops[l] + bottoms[l] - diagram.boxes().get(box).height()) / 2;
  }

  Drawing draw() {
    List<Drawing.Place> places = new ArrayList<>();
    for (int box = 0; box < graph.boxes; box++) {
      places.add(new Drawing.Place(x[box] - graph.width[box] / 2, top(box)));
    }
    List<Drawing.Route> routes = new ArrayList<>();
    for (int link = 0; link < graph.chains.length; link++) {
      routes.add(route(link));
    }
    double right = Arrays.stream(lanes).reduce(right(), Math::max);
    double height = bottoms.length == 0 ? 0 : bottoms[bottoms.length - 1];
    return new Drawing(right, height, places, routes);
  }

  private Drawing.Route route(int link) {
    int[] chain = graph.chains[link];
    int first = layerOfStart(link);
    int last = layerOfEnd(link);
    int from = chain[0];
    int to = chain[chain.length - 1];
    List<Drawing.Stage> stages = new ArrayList<>();
    double begin = top(from) + diagram.boxes().get(from).height();
    stages.add(new Drawing.Stage(starts[link], begin, bottoms[first]));
    if (graph.aside[link]) {
      stages.add(new Drawing.Stage(lanes[link], tops[first + 1], bottoms[last - 1]));
    }
    for (int i = 1; i < chain.length - 1; i++) {
      int l = graph.layer[chain[i]];
      stages.add(new Drawing.Stage(x[chain[i]], tops[l], bottoms[l]));
    }
    stages.add(new Drawing.Stage(ends[link], tops[last], top(to)));
    return new Drawing.Route(stages);
  }
}
