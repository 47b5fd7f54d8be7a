package dev.freshpyc.indexer.inventory;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.indexer.archive.ArchiveReading;
import dev.freshpyc.indexer.archive.CentralDirectory;
import dev.freshpyc.indexer.archive.ZipRules;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.Listing.EntryType;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.OpenDirectory.Identity;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import dev.freshpyc.indexer.fs.TreeReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Counts the pycs of path entries by their names. An entry inside another one is counted as itself only, and links to directories
 * are not followed. An entry that several paths have is walked once.
 */
public final class PycCounter {

    /** Deeper directories are left out: no path that long can be opened. */
    private static final int DEEPEST = 2048;

    private final TreeReader files;
    private final Listing names;
    private final Map<Identity, Long> counted = new HashMap<>();

    public PycCounter(TreeReader files) {
        this.files = files;
        this.names = files.newListing();
    }

    /** The number of pycs of each entry that is a directory. */
    public Map<RawPath, Long> count(List<RawPath> entries) {
        Map<RawPath, Identity> identities = new HashMap<>();
        for (RawPath entry : entries) {
            identity(entry).ifPresent(identity -> identities.put(entry, identity));
        }
        Set<Identity> others = new HashSet<>(identities.values());
        return identities.keySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry,
                        entry -> counted.computeIfAbsent(identities.get(entry), own -> walk(entry, own, others))));
    }

    /** The number of pycs in an archive, below a directory in it; 0 for a file that is no archive. */
    public long countArchive(RawPath file, RawPath inner) {
        if (!(files.openFile(file, new FileStat()) instanceof FileContents.Opening.Open(FileContents contents))) {
            return 0;
        }
        try (contents) {
            for (ZipRules rules : List.of(ZipRules.NEWEST, ZipRules.BEFORE_ZIP64)) {
                if (CentralDirectory.read(contents, rules) instanceof ArchiveReading.Listed(CentralDirectory listed)) {
                    return listed.files().keySet().stream()
                            .filter(name -> PycPath.isBytecode(name)
                                    && name.relativeTo(inner).isPresent())
                            .count();
                }
            }
            return 0;
        }
    }

    private Optional<Identity> identity(RawPath entry) {
        if (!(files.openRoot(entry) instanceof Opening.Open(OpenDirectory directory))) {
            return Optional.empty();
        }
        try {
            return Optional.of(files.identity(directory));
        } finally {
            files.close(directory);
        }
    }

    private long walk(RawPath entry, Identity own, Set<Identity> others) {
        if (!(files.openRoot(entry) instanceof Opening.Open(OpenDirectory directory))) {
            return 0;
        }
        try {
            Set<Identity> left = new HashSet<>(others);
            left.remove(own);
            return below(directory, left, 0);
        } finally {
            files.close(directory);
        }
    }

    private long below(OpenDirectory directory, Set<Identity> left, int depth) {
        if (depth > DEEPEST || files.list(directory, names) < 0) {
            return 0;
        }
        long pycs = 0;
        List<RawPath> children = new ArrayList<>();
        for (int i = 0; i < names.count(); i++) {
            if (names.type(i) == EntryType.PYC) {
                pycs++;
            } else if (names.type(i) == EntryType.DIRECTORY) {
                children.add(names.name(i));
            }
        }
        for (RawPath name : children) {
            if (files.open(directory, name, false) instanceof Opening.Open(OpenDirectory child)) {
                try {
                    pycs += left.contains(files.identity(child)) ? 0 : below(child, left, depth + 1);
                } finally {
                    files.close(child);
                }
            }
        }
        return pycs;
    }
}
