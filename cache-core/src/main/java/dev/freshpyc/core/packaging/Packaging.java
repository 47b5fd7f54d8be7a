package dev.freshpyc.core.packaging;

/** The ways of packing a tree and unpacking it elsewhere that differ in what becomes of the sources' mtimes. */
public enum Packaging {
    /**
     * A zip archive whose times are only those of DOS: local time in steps of two seconds, from 1980 to 2107, packed and unpacked in
     * one time zone. Python's zipfile and most libraries write such archives; unzip and others restore their times.
     */
    ZIP("zip"),
    /** A tar archive in PAX format, which keeps every mtime to the nanosecond. */
    TAR("tar"),
    /** A tar archive without PAX records: whole seconds, in 33 bits without a sign. */
    TAR_USTAR("tar-ustar"),
    /**
     * A layer of a container image that Docker or BuildKit makes: cuts mtimes to whole seconds; unpacking sets times
     * before 1970 to 0.
     */
    DOCKER_LAYER("docker-layer"),
    /**
     * A layer that Podman or Buildah makes: rounds mtimes to the nearest second; unpacking sets times before 1970 to 0.
     */
    PODMAN_LAYER("podman-layer"),
    /**
     * A commit of ostree and a checkout from a bare repository, as deployments are made: every mtime is 0, but an empty file is made
     * anew. A checkout from an {@code archive} repository makes every file anew: {@link #TOUCH}.
     */
    OSTREE("ostree"),
    /** A squashfs image: whole seconds, their low 32 bits without a sign. */
    SQUASHFS("squashfs"),
    /** An EROFS image that mkfs.erofs makes without {@code -T}: every mtime to the nanosecond. */
    EROFS("erofs"),
    /** A package whose builder sets each time later than an epoch to the epoch, and keeps whole seconds. */
    CLAMP("clamp"),
    /** Anything that gives every file a new time: a copy without times, Python's zipfile.extractall, a wheel. */
    TOUCH("touch"),
    /** A clone of a git repository, which keeps no times: every file has the time of the checkout. */
    GIT("git");

    private final String word;

    Packaging(String word) {
        this.word = word;
    }

    /** The word of the command line and of reports. */
    public String word() {
        return word;
    }
}
