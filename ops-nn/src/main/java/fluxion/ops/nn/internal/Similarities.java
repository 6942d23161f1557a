package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.SingularPoints;
import fluxion.ops.nn.NormalizationCall;
import java.util.List;

/** Norms, distances and angles of vectors along a dimension. */
final class Similarities {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("normalize")) {
        t.add(
            named("normalize")
                .overload(
                    "(Tensor self, float p=2.0, int dim=1, float eps=1e-12)",
                    NormalizationCall.Normalize.class,
                    Similarities::normalize)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3)),
                            sample(s.tensor(3), 2.0, 0L),
                            sample(s.tensor(2, 3, 2), 3.0, -2L)))
                .singularAt(SingularPoints.magnitudes()));
      }
      if (t.has("cosine_similarity")) {
        t.add(
            named("cosine_similarity")
                .overload(
                    "(Tensor x1, Tensor x2, int dim=1, float eps=1e-08)",
                    NormalizationCall.Cosine.class,
                    Similarities::cosine)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), s.tensor(2, 3)),
                            sample(s.tensor(3), s.tensor(2, 3), -1L),
                            sample(s.tensor(3), s.tensor(3), 0L))));
      }
      if (t.has("pairwise_distance")) {
        t.add(
            named("pairwise_distance")
                .overload(
                    "(Tensor x1, Tensor x2, float p=2.0, float eps=1e-06, bool keepdim=False)",
                    NormalizationCall.Distance.class,
                    Similarities::distance)
                .samples(
                    s ->
                        List.of(
                            sample(s.uniform(1, 2, 2, 3), s.uniform(-1, 0.5, 2, 3)),
                            sample(s.uniform(1, 2, 3), s.uniform(-1, 0.5, 2, 3), 3.0, 1e-6, true)))
                .singularAt(SingularPoints.meetings()));
      }
      if (t.has("local_response_norm")) {
        t.add(
            named("local_response_norm")
                .overload(
                    "(Tensor self, int size, float alpha=0.0001, float beta=0.75, float k=1.0)",
                    NormalizationCall.LocalResponse.class,
                    Similarities::localResponse)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3, 2), 2L, 0.1),
                            sample(s.tensor(1, 4, 2, 3), 3L, 0.5, 0.5, 1.5))));
      }
    }
  }

  private Similarities() {}

  private static Tensor norm(Tensor x, double p, int dim, boolean keepdim) {
    return x.norm(p, new int[] {dim}, keepdim);
  }

  private static Tensor normalize(Tensor self, double p, int dim, double eps) {
    Tensor divisor = norm(self, p, dim, true).clampMin(eps);
    return self.div(divisor.expand(self.shape().toArray()));
  }

  private static Tensor cosine(Tensor x1, Tensor x2, int dim, double eps) {
    Tensor product = x1.mul(x2);
    Refusals.requireFloat("cosine_similarity", product.dtype());
    int d = product.shape().wrap(dim);
    long[] sizes = product.shape().toArray();
    Tensor a = x1.to(product.dtype()).expand(sizes);
    Tensor b = x2.to(product.dtype()).expand(sizes);
    return unit(a, d, eps).mul(unit(b, d, eps)).sum(d);
  }

  private static Tensor unit(Tensor x, int dim, double eps) {
    return x.div(norm(x, 2, dim, true).clampMin(eps));
  }

  private static Tensor distance(Tensor x1, Tensor x2, double p, double eps, boolean keepdim) {
    Tensor difference = x1.sub(x2).add(eps);
    if (difference.dim() == 0) {
      throw new ShapeException(
          "pairwise_distance: x1 and x2 need a dimension along which vectors lie; they are 0D");
    }
    return norm(difference, p, difference.dim() - 1, keepdim);
  }

  private static Tensor localResponse(Tensor self, long size, double alpha, double beta, double k) {
    if (self.dim() < 3) {
      throw new ShapeException(
          "Expected 3D or higher dimensionality input (got " + self.dim() + " dimensions)");
    }
    if (self.dtype() == DType.BOOL) {
      throw Refusals.notImplemented("local_response_norm", DType.BOOL);
    }
    if (size < 1 || size > Integer.MAX_VALUE) {
      throw new ArgumentException(
          "local_response_norm: size must be at least 1 and fit 32 bits, but got size=" + size);
    }
    if (self.numel() == 0) {
      return self;
    }
    long[] sizes = self.shape().toArray();
    // The channels as an image of one row, over which a window of channels slides.
    long rest = self.numel() / sizes[0] / sizes[1];
    Tensor squares = self.mul(self).reshape(sizes[0], sizes[1], rest).transpose(1, 2);
    Window window = new Window(sizes[1], size, 1, size / 2, 1, sizes[1]);
    AveragePool pool = new AveragePool(new Windows(List.of(window)));
    Tensor means = Functions.apply(pool, squares, Pools.divisor(self, size));
    return self.div(means.transpose(1, 2).reshape(sizes).mul(alpha).add(k).pow(beta));
  }
}
