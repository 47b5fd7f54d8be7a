package dev.freshpyc.indexer.inventory;

import dev.freshpyc.core.manifest.WheelRecord;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.site.SiteFiles;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the distribution that a file belongs to: the one whose RECORD beside the file lists it (PyPA, "Recording installed
 * projects"), else the Debian package whose list of files has it. A file that nobody lists was put there by hand, or by an
 * installer that keeps no records.
 */
public final class DistributionOwner {

    private static final RawPath DPKG = RawPath.of("/var/lib/dpkg/info");
    private static final String DIST_INFO = ".dist-info";
    private static final String LIST = ".list";
    private static final int MOST_NAMES = 100_000;
    private static final int MAX_MANIFEST = 16 << 20;

    private final SiteFiles files;
    private final Map<RawPath, Optional<String>> known = new HashMap<>();

    public DistributionOwner(SiteFiles files) {
        this.files = files;
    }

    /** The name and version of the distribution, or the name of the package; empty where nobody lists the file. */
    public Optional<String> of(RawPath file) {
        return known.computeIfAbsent(file, one -> wheel(one).or(() -> debian(one)));
    }

    private Optional<String> wheel(RawPath file) {
        return names(file.parent(), DIST_INFO)
                .filter(info -> records(file.parent().resolve(info).resolve("RECORD"), file))
                .map(info -> without(info, DIST_INFO))
                .findFirst();
    }

    private boolean records(RawPath manifest, RawPath file) {
        boolean[] found = {false};
        Optional<byte[]> content = files.read(manifest, MAX_MANIFEST);
        if (content.isPresent()) {
            WheelRecord record = new WheelRecord(manifest, (path, _) -> found[0] |= path.equals(file.name()));
            record.take(content.get(), 0, content.get().length);
            record.end();
        }
        return found[0];
    }

    private Optional<String> debian(RawPath file) {
        String line = "\n" + new String(file.toBytes(), StandardCharsets.ISO_8859_1) + "\n";
        return names(DPKG, LIST)
                .filter(list -> files.read(DPKG.resolve(list), MAX_MANIFEST)
                        .map(bytes -> ("\n" + new String(bytes, StandardCharsets.ISO_8859_1)).contains(line))
                        .orElse(false))
                .map(list -> without(list, LIST))
                .findFirst();
    }

    private Stream<RawPath> names(RawPath directory, String suffix) {
        return files.list(directory, MOST_NAMES).orElse(List.of()).stream()
                .filter(name -> name.endsWith(suffix))
                .sorted();
    }

    private static String without(RawPath name, String suffix) {
        byte[] bytes = name.toBytes();
        return RawPath.of(bytes, 0, bytes.length - suffix.length()).toPython();
    }
}
