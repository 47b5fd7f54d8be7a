/** What the pages tell users to give to tools that build images and packages, given to the real tools. */
@NullMarked
package dev.freshpyc.cli.builder;

import org.jspecify.annotations.NullMarked;
