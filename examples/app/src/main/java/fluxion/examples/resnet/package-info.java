/** The command {@code resnet}: what a ResNet of PyTorch's makes of a file of pictures. */
@NullMarked
package fluxion.examples.resnet;

import org.jspecify.annotations.NullMarked;
