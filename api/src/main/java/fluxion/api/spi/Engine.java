package fluxion.api.spi;

/** What an engine offers to the API. */
public interface Engine {
  /** {@return the maker of tensors} */
  TensorFactory tensors();

  /** {@return the source of random tensors} */
  RandomNumbers random();

  /** {@return the differentiator} */
  Differentiator autograd();

  /** {@return the operators that plugins have brought} */
  OperatorTable operators();

  /** {@return the plugins} */
  PluginTable plugins();
}
