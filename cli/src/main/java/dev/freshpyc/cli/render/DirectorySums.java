package dev.freshpyc.cli.render;

import dev.freshpyc.core.path.RawPath;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A directory with the sums of the files below it. */
final class DirectorySums {

    private final Map<RawPath, DirectorySums> children = new TreeMap<>();
    private Severity worst = Severity.NONE;
    private long files;
    private long findings;

    /** Adds a file whose directory lies below this one; returns how many nodes were made, at most {@code room}. */
    int add(List<RawPath> names, Severity severity, boolean finding, int room) {
        count(severity, finding);
        DirectorySums at = this;
        int made = 0;
        for (RawPath name : names) {
            DirectorySums child = at.children.get(name);
            if (child == null) {
                if (made == room) {
                    break;
                }
                child = new DirectorySums();
                at.children.put(name, child);
                made++;
            }
            child.count(severity, finding);
            at = child;
        }
        return made;
    }

    private void count(Severity severity, boolean finding) {
        files++;
        findings += finding ? 1 : 0;
        worst = worse(worst, severity);
    }

    static Severity worse(Severity one, Severity other) {
        return Stream.of(one, other).min(Comparator.naturalOrder()).orElseThrow();
    }

    /** The subdirectories, by name. */
    Map<RawPath, DirectorySums> children() {
        return children;
    }

    Severity worst() {
        return worst;
    }

    /** How many pycs lie below. */
    long files() {
        return files;
    }

    long findings() {
        return findings;
    }
}
