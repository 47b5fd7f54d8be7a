/** Reads the reports of earlier audits, for a comparison with the present audit. */
@NullMarked
package dev.freshpyc.cli.earlier;

import org.jspecify.annotations.NullMarked;
