package fluxion.tests.graph;

import static fluxion.api.Tensors.rand;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.nn.graph.GraphOptions;
import fluxion.nn.graph.Graphs;
import fluxion.nn.models.ResNet;
import fluxion.nn.models.ResNetOptions;
import java.io.StringReader;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Pictures of graphs as those who read XML see them. */
class SvgDocumentsTest {
  private static Document parse(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
  }

  @Test
  void any_name_gives_a_document_that_can_be_read() throws Exception {
    StringBuilder name = new StringBuilder("]]>\"'&<>");
    for (int letter = 0; letter < 0x300; letter++) {
      name.appendCodePoint(letter);
    }
    name.append("\uD800\uDC00\uDFFF\uFFFE\uFFFF");
    Tensor x = Tensors.ones(TensorOptions.withGrad(), 2);
    GraphOptions options =
        GraphOptions.DEFAULT.names(Map.of(name.toString(), x)).title(name.toString());
    Document document = parse(Graphs.svg(x.exp(), options));
    assertEquals("http://www.w3.org/2000/svg", document.getDocumentElement().getNamespaceURI());
    String title = document.getElementsByTagName("title").item(0).getTextContent();
    assertTrue(title.startsWith("]]>\"'&<>"), title);
    assertTrue(title.contains("\uD800\uDC00"), "what is beyond 16 bits stays whole");
  }

  @Test
  void a_ResNet_is_drawn_whole_inside_its_frame() throws Exception {
    ResNet model = new ResNet(ResNetOptions.RESNET18.channels(2, 2, 2, 2).classes(3));
    Tensor loss = model.call(rand(2, 3, 32, 32)).sum();
    Map<String, Tensor> names = new LinkedHashMap<>(model.namedParameters());
    GraphOptions options = GraphOptions.DEFAULT.names(names).saved(true);
    Element root = parse(Graphs.svg(loss, options)).getDocumentElement();
    double width = Double.parseDouble(root.getAttribute("width"));
    double height = Double.parseDouble(root.getAttribute("height"));
    NodeList boxes = root.getElementsByTagName("rect");
    for (int i = 0; i < boxes.getLength(); i++) {
      Element box = (Element) boxes.item(i);
      double x = Double.parseDouble(box.getAttribute("x"));
      double y = Double.parseDouble(box.getAttribute("y"));
      assertTrue(x >= 0 && x + Double.parseDouble(box.getAttribute("width")) <= width);
      assertTrue(y >= 0 && y + Double.parseDouble(box.getAttribute("height")) <= height);
    }
    Set<String> texts = new HashSet<>();
    NodeList lines = root.getElementsByTagName("text");
    for (int i = 0; i < lines.getLength(); i++) {
      texts.add(lines.item(i).getTextContent());
    }
    assertTrue(texts.containsAll(names.keySet()), "every parameter is there by its name");
    assertTrue(texts.contains("AddmmBackward0"), texts.toString());
  }
}
