package dev.freshpyc.indexer.site;

import dev.freshpyc.core.path.RawPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@code sys.path} of an interpreter, computed from files, without the entry for the script.
 *
 * @param path in order, without the entries that code in {@code .pth}, {@code .start} and {@code sitecustomize} files adds
 */
public record ComputedPath(InterpreterLayout layout, List<RawPath> path, List<PathFinding> findings) {

    private static final RawPath SITE_CUSTOMIZE = RawPath.of("sitecustomize");
    private static final RawPath USER_CUSTOMIZE = RawPath.of("usercustomize");

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
        StartFindings findings = new StartFindings(files, path.entries());
        return new ComputedPath(
                layout, path.entries(), findings.of(path, start.site() ? startModules(layout) : List.of()));
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

    /** The modules of a start by a user whose own site-packages count wherever the environment allows them. */
    private static List<RawPath> startModules(InterpreterLayout layout) {
        boolean user = layout.venv().map(VenvConfig::systemSite).orElse(true);
        return user ? List.of(SITE_CUSTOMIZE, USER_CUSTOMIZE) : List.of(SITE_CUSTOMIZE);
    }

    private static boolean isBelow(RawPath path, RawPath directory) {
        return path.relativeTo(directory).isPresent();
    }

    private static void addExisting(SiteFiles files, RawPath site, SitePath path) {
        if (files.isDirectory(site)) {
            path.addSite(site);
        }
    }
}
