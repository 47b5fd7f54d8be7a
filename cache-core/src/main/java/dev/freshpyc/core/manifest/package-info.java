/**
 * Manifests of package managers as evidence that a pyc was compiled from its source: if one manifest lists digests of
 * both files, and both files still match, the pair is unchanged since one builder shipped it.
 *
 * <p>Only packages that ship bytecode provide this evidence: a RECORD has no digest of a pyc that the installer
 * compiled. A mismatch proves only that the file is not the installed file.
 *
 * <pre>
 * RECORD    CSV: path, algorithm=digest (URL-safe base64 without padding) or nothing, size or nothing
 *           {@link dev.freshpyc.core.manifest.WheelRecord}
 * md5sums   a line: 32 hexadecimal digits, two spaces, path from the root    {@link dev.freshpyc.core.manifest.Md5Sums}
 * RPM       a database of package headers; each package is one manifest
 *           {@link dev.freshpyc.core.manifest.RpmPackage}, {@link dev.freshpyc.core.manifest.rpm}
 * </pre>
 */
@NullMarked
package dev.freshpyc.core.manifest;

import org.jspecify.annotations.NullMarked;
