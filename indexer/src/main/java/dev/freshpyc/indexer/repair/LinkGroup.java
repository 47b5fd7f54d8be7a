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

    /** Whether it has names that the repair has not met, or that are to stay as they are. */
    synchronized boolean isLinkedOutside() {
        return links > members.size();
    }

    /** The names, those together that can stay one file. */
    List<List<Change>> alike() {
        List<List<Change>> all = new ArrayList<>();
        for (Change change : members()) {
            all.stream()
                    .filter(one -> one.getFirst().makesTheSameAs(change))
                    .findFirst()
                    .orElseGet(() -> {
                        all.add(new ArrayList<>());
                        return all.getLast();
                    })
                    .add(change);
        }
        return all;
    }

    synchronized List<Change> members() {
        return members.stream()
                .sorted(Comparator.comparing((Change change) -> change.place().pyc()))
                .toList();
    }
}
