/** Documents that are generated from the options of the commands: manual pages, a reference, and completion for three shells. */
@NullMarked
package dev.freshpyc.cli.document;

import org.jspecify.annotations.NullMarked;
