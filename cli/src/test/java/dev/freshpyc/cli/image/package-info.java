/** Tests of container images, made from trees that real interpreters compiled and read by common image tools. */
@NullMarked
package dev.freshpyc.cli.image;

import org.jspecify.annotations.NullMarked;
