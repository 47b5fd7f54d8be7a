/**
 * What package managers recorded of the files that they installed, as evidence that a bytecode file is its source's: where
 * one manifest names digests of both, and both files still have them, they are as one builder shipped them.
 *
 * <p>So it takes a package that ships its bytecode: a wheel's RECORD names no digest for what the installer compiled, and
 * nothing is vouched for then. A digest that does not match refutes nothing but the manifest: the file is not the one that
 * was installed.
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
