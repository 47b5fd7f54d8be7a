/**
 * Package headers in RPM's database, and the files with their digests in a header. The database has one of three formats
 * ({@link dev.freshpyc.core.manifest.rpm.RpmDatabase}) with identical headers: the big-endian bytes that {@link
 * dev.freshpyc.core.manifest.rpm.RpmHeader} parses. Signatures are not checked: a user who can write the database can
 * write the files, too.
 */
@NullMarked
package dev.freshpyc.core.manifest.rpm;

import org.jspecify.annotations.NullMarked;
