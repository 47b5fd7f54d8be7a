package dev.freshpyc.indexer.site;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.indexer.site.PathFinding.Oddity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds what is odd about the start of an interpreter whose {@code sys.path} is known.
 *
 * @param path {@code sys.path} in order
 */
public record StartFindings(SiteFiles files, List<RawPath> path) {

    /**
     * The name of the zip file of the standard library: the path begins with the file, although no distribution
     * installs it.
     */
    private static final Pattern ZIP = Pattern.compile("python\\d{2,3}t?\\.zip");

    public StartFindings {
        path = List.copyOf(path);
    }

    /**
     * The findings for a path that an interpreter reported.
     *
     * @param sites the site directories, existing or not
     * @param modules the modules that {@code site.py} imports if they are on the path
     */
    public List<PathFinding> of(PythonVersion version, List<RawPath> sites, List<RawPath> modules) {
        Optional<byte[]> source = path.stream()
                .map(entry -> entry.resolve("site.py"))
                .filter(files::isFile)
                .findFirst()
                .flatMap(file -> files.read(file, SiteRules.MAX_SIZE));
        SitePath read = new SitePath(files, SiteRules.of(version, source), path);
        sites.stream().filter(files::isDirectory).forEach(read::addSite);
        return of(read, modules);
    }

    /** The findings of the {@code .pth} files, then those about the modules, then those about the entries of the path. */
    List<PathFinding> of(SitePath read, List<RawPath> modules) {
        List<PathFinding> findings = new ArrayList<>(read.findings());
        modules.forEach(module -> customization(module).ifPresent(findings::add));
        addOddEntries(findings);
        return findings;
    }

    private Optional<PathFinding> customization(RawPath module) {
        String name = module.toPython();
        return path.stream()
                .flatMap(entry -> List.of(name + "/__init__.py", name + ".py", name + ".pyc").stream()
                        .map(entry::resolve))
                .filter(files::isFile)
                .findFirst()
                .map(file -> new PathFinding(Oddity.CUSTOMIZE, file));
    }

    /** Adds entries that do not exist, and directories that the path has twice. */
    private void addOddEntries(List<PathFinding> findings) {
        Set<RawPath> seen = new HashSet<>();
        for (RawPath entry : path) {
            boolean exists = files.exists(entry);
            if (!exists && !ZIP.matcher(entry.name().toPython()).matches()) {
                findings.add(new PathFinding(Oddity.MISSING, entry));
            }
            if (exists && !seen.add(files.real(entry))) {
                findings.add(new PathFinding(Oddity.TWICE, entry, 0, files.real(entry)));
            }
        }
    }
}
