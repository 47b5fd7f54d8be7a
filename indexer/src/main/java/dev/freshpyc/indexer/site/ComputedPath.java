package dev.freshpyc.indexer.site;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.site.PathFinding.Oddity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code sys.path} of an interpreter, computed from files, without the entry for the script.
 *
 * @param path in order, without the entries that code in {@code .pth}, {@code .start} and {@code sitecustomize} files adds
 */
public record ComputedPath(InterpreterLayout layout, List<RawPath> path, List<PathFinding> findings) {

    /**
     * The options of the interpreter's start.
     *
     * @param first the entries of PYTHONPATH
     * @param userBase the directory above the user's own site-packages; empty where the start does not use them
     * @param site false as with {@code -S}
     */
    public record Start(List<RawPath> first, Optional<RawPath> userBase, boolean site) {

        /** As with {@code -I}. */
        public static final Start ISOLATED = new Start(List.of(), Optional.empty(), true);

        public Start {
            first = List.copyOf(first);
        }
    }

    public ComputedPath {
        path = List.copyOf(path);
        findings = List.copyOf(findings);
    }

    /** Computes the path of one start. */
    public static ComputedPath of(SiteFiles files, InterpreterLayout layout, Start start) {
        List<RawPath> begin = new ArrayList<>(start.first());
        begin.addAll(layout.begin());
        SitePath path = new SitePath(files, layout.rules(), begin);
        if (start.site()) {
            addSites(files, layout, start, path);
        }
        List<PathFinding> findings = new ArrayList<>(path.findings());
        if (start.site()) {
            findings.addAll(customizations(files, path.entries()));
        }
        findings.addAll(odd(files, layout.zip(), path.entries()));
        return new ComputedPath(layout, path.entries(), findings);
    }

    /** Whether foreign code runs when the interpreter starts, and may change the path in any way. */
    public boolean runsCode() {
        return findings.stream().anyMatch(finding -> finding.kind().runsCode());
    }

    /** Adds a virtual environment's own packages, then the user's packages, then the interpreter's. */
    private static void addSites(SiteFiles files, InterpreterLayout layout, Start start, SitePath path) {
        List<RawPath> sites = layout.siteDirectories();
        boolean system = layout.venv().map(VenvConfig::systemSite).orElse(true);
        if (layout.venv().isPresent()) {
            sites.stream()
                    .filter(site -> isBelow(site, layout.prefix()))
                    .forEach(site -> addExisting(files, site, path));
        }
        if (system) {
            start.userBase().map(layout::userSite).ifPresent(site -> addExisting(files, site, path));
        }
        sites.forEach(site -> addExisting(files, site, path));
    }

    private static boolean isBelow(RawPath path, RawPath directory) {
        return path.relativeTo(directory).isPresent();
    }

    private static void addExisting(SiteFiles files, RawPath site, SitePath path) {
        if (files.isDirectory(site)) {
            path.addSite(site);
        }
    }

    /** The modules that {@code site.py} imports at its end, if they are anywhere on the path. */
    private static List<PathFinding> customizations(SiteFiles files, List<RawPath> path) {
        List<PathFinding> found = new ArrayList<>();
        for (String module : List.of("sitecustomize", "usercustomize")) {
            for (RawPath entry : path) {
                Optional<RawPath> file = List.of(module + "/__init__.py", module + ".py", module + ".pyc").stream()
                        .map(entry::resolve)
                        .filter(files::isFile)
                        .findFirst();
                if (file.isPresent()) {
                    found.add(new PathFinding(Oddity.CUSTOMIZE, file.get()));
                    break;
                }
            }
        }
        return found;
    }

    /** Finds entries that do not exist, except the zip file, which no distribution has, and directories that the path has twice. */
    public static List<PathFinding> odd(SiteFiles files, RawPath zip, List<RawPath> path) {
        List<PathFinding> findings = new ArrayList<>();
        Set<RawPath> seen = new HashSet<>();
        for (RawPath entry : path) {
            boolean exists = files.exists(entry);
            if (!exists && !entry.equals(zip)) {
                findings.add(new PathFinding(Oddity.MISSING, entry));
            }
            if (exists && !seen.add(files.real(entry))) {
                findings.add(new PathFinding(Oddity.TWICE, entry, 0, files.real(entry)));
            }
        }
        return findings;
    }
}
