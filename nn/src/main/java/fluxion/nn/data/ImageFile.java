package fluxion.nn.data;

import fluxion.api.FluxionException;
import fluxion.api.FormatException;
import fluxion.api.Tensor;
import java.nio.file.Path;

/**
 * Files of pictures: PNG, JPEG, BMP and GIF, as the JDK reads them. That takes the module {@code
 * java.desktop}, which is not needed otherwise: {@code --add-modules java.desktop}.
 */
public final class ImageFile {
  private ImageFile() {}

  /**
   * {@return a picture, uint8 {@code [height, width, 3]}: red, green, blue}
   *
   * <p>Grey is in all three channels; what is transparent has the colour that it would have if it
   * were not; of 16 bits the upper 8 count.
   *
   * @param file the file
   * @throws FormatException if it is not there, or is no such picture
   * @throws FluxionException if the module {@code java.desktop} is not there
   */
  public static Tensor read(Path file) {
    try {
      return ImageDecoder.read(file);
    } catch (NoClassDefFoundError e) {
      throw new FluxionException(
          "pictures are read by the JDK's module java.desktop, which is not there: start with"
              + " --add-modules java.desktop, on a runtime that has it",
          e);
    }
  }
}
