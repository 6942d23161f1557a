package fluxion.nn.graph;

/** Writes a picture in the language of Graphviz, with the attributes of {@code torchviz}. */
final class DotWriter {
  private DotWriter() {}

  static String write(Picture picture) {
    StringBuilder text = new StringBuilder("digraph {\n");
    text.append("\tgraph [label=").append(quoted(picture.title())).append(" labelloc=t]\n");
    text.append("\tnode [fontname=monospace fontsize=10 height=0.2 shape=box style=filled]\n");
    for (int box = 0; box < picture.boxes().size(); box++) {
      Picture.Box one = picture.boxes().get(box);
      text.append("\tn")
          .append(box)
          .append(" [label=")
          .append(quoted(String.join("\n", one.lines())))
          .append(" fillcolor=")
          .append(one.kind().name)
          .append("]\n");
    }
    for (Picture.Link link : picture.links()) {
      text.append("\tn").append(link.from()).append(" -> n").append(link.to());
      text.append(link.kept() ? " [dir=none style=dashed]\n" : "\n");
    }
    return text.append("}\n").toString();
  }

  /** In quotes a backslash begins what stands for something else, such as the name of the node. */
  private static String quoted(String text) {
    return '"'
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\r", "").replace("\n", "\\n")
        + '"';
  }
}
