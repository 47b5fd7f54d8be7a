/** Tests of the documentation pages and their examples. */
@NullMarked
package dev.freshpyc.cli.page;

import org.jspecify.annotations.NullMarked;
