/**
 * Models put together from layers, with the parameter names of torchvision and PyTorch, so that
 * their state dicts load unchanged.
 */
@NullMarked
package fluxion.nn.models;

import org.jspecify.annotations.NullMarked;
