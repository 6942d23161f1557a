package fluxion.nn.data;

import fluxion.api.FormatException;
import fluxion.api.Tensor;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes pictures; the one class that needs {@code java.desktop}. */
final class ImageDecoder {
  /** As many as Pillow takes before it warns of a decompression bomb. */
  private static final long MOST_PIXELS = 89_478_485;

  private static final int BYTE = 8;

  private ImageDecoder() {}

  static Tensor read(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new FormatException(file + ": there is no such file", e);
    } catch (IOException e) {
      throw new FormatException(file + ": cannot be read: " + e.getMessage(), e);
    }
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new FormatException(
            file + ": expected a picture (PNG, JPEG, BMP or GIF), found something else");
      }
      return tensor(decoded(file, readers.next(), in));
    } catch (IOException e) {
      throw damaged(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static FormatException damaged(Path file, String problem, Exception cause) {
    String line = problem.strip().replaceAll("\\R\\s*", " ");
    return new FormatException(file + ": this picture cannot be read: " + line, cause);
  }

  private static BufferedImage decoded(Path file, ImageReader reader, ImageInputStream in) {
    // a picture that ends too early is told as a warning, and the rest of it is grey
    StringBuilder warnings = new StringBuilder();
    try {
      reader.addIIOReadWarningListener(
          (_, warning) -> {
            if (warning.contains("premature end")) {
              warnings.append(warning);
            }
          });
      reader.setInput(in, true, true);
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels > MOST_PIXELS) {
        throw new FormatException(
            file + ": expected at most " + MOST_PIXELS + " pixels, found " + pixels);
      }
      BufferedImage image = reader.read(0);
      if (!warnings.isEmpty()) {
        throw new IOException(warnings.toString());
      }
      return image;
    } catch (FormatException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // decoders throw whatever comes of damaged data
      throw damaged(file, String.valueOf(e.getMessage()), e);
    } finally {
      reader.dispose();
    }
  }

  private static Tensor tensor(BufferedImage image) {
    int height = image.getHeight();
    int width = image.getWidth();
    byte[] pixels = new byte[Math.multiplyExact(Math.multiplyExact(height, width), 3)];
    ColorModel colours = image.getColorModel();
    if (colours instanceof ComponentColorModel) {
      copySamples(image.getRaster(), colours.getComponentSize(0) - BYTE, pixels);
    } else {
      copyColours(image, pixels);
    }
    return Bytes.tensor(pixels, height, width, 3);
  }

  /** Takes samples as they are: the JDK would bend the levels of grey on their way to RGB. */
  private static void copySamples(Raster raster, int excess, byte[] pixels) {
    int bands = raster.getNumBands();
    int[] row = new int[raster.getWidth() * bands];
    int at = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
      for (int x = 0; x < row.length; x += bands) {
        for (int c = 0; c < 3; c++) {
          int sample = row[x + (bands < 3 ? 0 : c)];
          pixels[at++] = (byte) (excess > 0 ? sample >> excess : sample);
        }
      }
    }
  }

  private static void copyColours(BufferedImage image, byte[] pixels) {
    int width = image.getWidth();
    int[] row = new int[width];
    int at = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int colour : row) {
        pixels[at++] = (byte) (colour >> (2 * BYTE));
        pixels[at++] = (byte) (colour >> BYTE);
        pixels[at++] = (byte) colour;
      }
    }
  }
}
