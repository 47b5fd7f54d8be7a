package dev.freshpyc.core.manifest.rpm;

import java.nio.ByteBuffer;

/** Takes what RPM's database has of the packages. */
public interface PackageHeaders {
    /**
     * The header of a package.
     *
     * @param number RPM's own for the package, as {@code rpm -q --querybynumber} takes it
     * @return whether more are wanted
     */
    boolean header(long number, ByteBuffer header);

    /** A header that cannot be read, or a part of the database in which some are. */
    void damaged();
}
