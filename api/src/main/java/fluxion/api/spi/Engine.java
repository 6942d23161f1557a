package fluxion.api.spi;

/** What an engine offers to the API. */
public interface Engine {
  /** {@return the maker of tensors} */
  TensorFactory tensors();

  /** {@return the differentiator} */
  Differentiator autograd();

  /** {@return the owners of memory} */
  MemoryManager memory();

  /** {@return the operators that plugins have brought} */
  OperatorTable operators();

  /** {@return the plugins} */
  PluginTable plugins();
}
