/** Documents that are generated from the options of the commands: manual pages, and completion for three shells. */
@NullMarked
package dev.freshpyc.cli.document;

import org.jspecify.annotations.NullMarked;
