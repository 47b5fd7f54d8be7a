/** Reports of earlier audits, with which an audit is compared. */
@NullMarked
package dev.freshpyc.cli.earlier;

import org.jspecify.annotations.NullMarked;
