package dev.freshpyc.indexer.site;

import dev.freshpyc.core.path.RawPath;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Notes every path that a computation asks for, also an absent one. As long as no noted path changes, the same computation has the
 * same result.
 */
public final class ConsultedFiles implements SiteFiles {

    private final SiteFiles files;
    private final Set<RawPath> consulted = new LinkedHashSet<>();

    public ConsultedFiles(SiteFiles files) {
        this.files = files;
    }

    /** The paths that were asked for. */
    public Set<RawPath> paths() {
        return Collections.unmodifiableSet(consulted);
    }

    @Override
    public boolean exists(RawPath path) {
        consulted.add(path);
        return files.exists(path);
    }

    @Override
    public boolean isDirectory(RawPath path) {
        consulted.add(path);
        return files.isDirectory(path);
    }

    @Override
    public boolean isFile(RawPath path) {
        consulted.add(path);
        return files.isFile(path);
    }

    @Override
    public Optional<byte[]> read(RawPath path, int most) {
        consulted.add(path);
        return files.read(path, most);
    }

    @Override
    public Optional<List<RawPath>> list(RawPath directory, int most) {
        consulted.add(directory);
        return files.list(directory, most);
    }

    @Override
    public RawPath real(RawPath path) {
        consulted.add(path);
        return files.real(path);
    }

    @Override
    public Optional<RawPath> link(RawPath path) {
        consulted.add(path);
        return files.link(path);
    }
}
