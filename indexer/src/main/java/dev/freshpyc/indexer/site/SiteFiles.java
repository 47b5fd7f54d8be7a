package dev.freshpyc.indexer.site;

import dev.freshpyc.core.path.RawPath;
import java.util.List;
import java.util.Optional;

/** The port through which {@code sys.path} is computed: the files of this system, or of another system below a root directory. */
public interface SiteFiles {

    /** Whether a path leads to a file of any type. */
    boolean exists(RawPath path);

    /** Whether a path leads to a directory. */
    boolean isDirectory(RawPath path);

    /** Whether a path leads to a regular file. */
    boolean isFile(RawPath path);

    /** The content of a regular file; empty where there is none, it cannot be read, or it is longer than {@code most} bytes. */
    Optional<byte[]> read(RawPath path, int most);

    /** The names in a directory; empty where it cannot be listed, or has more than {@code most} names. */
    Optional<List<RawPath>> list(RawPath directory, int most);

    /** The path without links, as the system of these files sees it; {@code path} itself where it leads nowhere. */
    RawPath real(RawPath path);

    /** The target of a symbolic link as the link spells it; empty where the path is no link. */
    Optional<RawPath> link(RawPath path);
}
