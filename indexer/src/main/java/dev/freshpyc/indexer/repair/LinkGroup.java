package dev.freshpyc.indexer.repair;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The names of one file that a repair has met. */
final class LinkGroup {

    private final long links;
    private final List<Change> members = new ArrayList<>();

    /** @param links how many names the file has, wherever */
    LinkGroup(long links) {
        this.links = links;
    }

    synchronized void add(Change change) {
        members.add(change);
    }

    long links() {
        return links;
    }

    synchronized List<Change> members() {
        return members.stream()
                .sorted(Comparator.comparing((Change change) -> change.place().pyc()))
                .toList();
    }
}
