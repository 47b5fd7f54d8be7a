package dev.freshpyc.core.manifest.rpm;

import java.nio.ByteBuffer;

/** Receives the package headers of RPM's database. */
public interface PackageHeaders {
    /**
     * Receives the header of a package.
     *
     * @param number RPM's number of the package, for {@code rpm -q --querybynumber}
     * @return whether to go on
     */
    boolean header(long number, ByteBuffer header);

    /** Receives notice of an unreadable header, or of an unreadable part of the database. */
    void damaged();
}
