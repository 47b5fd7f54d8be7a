package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.indexer.repair.change.FilePlace;
import java.util.HashMap;
import java.util.Map;

/** The planned pycs that have several names, which most pycs have not. */
final class HardLinkCounts {

    /** Which file a name leads to. */
    private record Inode(long device, long inode) {}

    private record Name(Inode inode, long links) {}

    private final Map<FilePlace, Name> names = new HashMap<>();
    private final Map<Inode, Long> planned = new HashMap<>();

    void add(FilePlace place, FileStamp stamp, long links) {
        add(place, new Name(new Inode(stamp.device(), stamp.inode()), links));
    }

    void addAll(HardLinkCounts other) {
        other.names.forEach(this::add);
    }

    /** How many names the file at a place has. */
    long links(FilePlace place) {
        Name name = names.get(place);
        return name == null ? 1 : name.links;
    }

    /** How many names of the file at a place are not planned. */
    long unplanned(FilePlace place) {
        Name name = names.get(place);
        return name == null ? 0 : name.links - planned.getOrDefault(name.inode, 0L);
    }

    private void add(FilePlace place, Name name) {
        if (names.put(place, name) == null) {
            planned.merge(name.inode, 1L, Long::sum);
        }
    }
}
