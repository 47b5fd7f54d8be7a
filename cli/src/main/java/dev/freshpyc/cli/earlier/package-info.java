/** Reports of audits that ran before, to compare an audit with. */
@NullMarked
package dev.freshpyc.cli.earlier;

import org.jspecify.annotations.NullMarked;
