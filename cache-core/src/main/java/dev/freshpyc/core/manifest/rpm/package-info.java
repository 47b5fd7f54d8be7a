/**
 * The package headers in RPM's database, and the files with their digests in a header. The database is one of three kinds
 * ({@link dev.freshpyc.core.manifest.rpm.RpmDatabase}), all of which hold the same headers: the big-endian bytes that {@link
 * dev.freshpyc.core.manifest.rpm.RpmHeader} takes apart. Signatures are not looked at: who may write a database may write
 * the files, too.
 */
@NullMarked
package dev.freshpyc.core.manifest.rpm;

import org.jspecify.annotations.NullMarked;
