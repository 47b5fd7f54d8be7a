package dev.freshpyc.indexer.fs.nio;

import dev.freshpyc.indexer.fs.Listing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A listing that keeps the paths Java gave, since those alone open the files again on every system. */
final class PortableListing extends Listing {

    private final List<Path> paths = new ArrayList<>();
    private int used;

    void forget() {
        paths.clear();
        used = 0;
    }

    void add(Kind type, byte[] name, Path path) {
        System.arraycopy(name, 0, room(used + name.length), used, name.length);
        add(type, used, used + name.length);
        used += name.length;
        paths.add(path);
    }

    Path path(int index) {
        return paths.get(index);
    }
}
