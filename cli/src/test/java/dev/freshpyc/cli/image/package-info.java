/** Container images, made of trees that real interpreters compiled, and read by the tools that people use for images. */
@NullMarked
package dev.freshpyc.cli.image;

import org.jspecify.annotations.NullMarked;
