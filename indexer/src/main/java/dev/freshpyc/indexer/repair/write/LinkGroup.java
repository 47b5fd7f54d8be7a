package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.indexer.repair.change.FileChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The changes to the names of one hard-linked file. Several threads add to a group. */
final class LinkGroup {

    private final long links;
    private final List<NewContent> members = new ArrayList<>();

    /** @param links how many names the file has, inside the tree and outside */
    LinkGroup(long links) {
        this.links = links;
    }

    synchronized void add(NewContent member) {
        members.add(member);
    }

    long links() {
        return links;
    }

    /** Whether the file has names that the repair has not seen, or that must stay as they are. */
    synchronized boolean isLinkedOutside() {
        return links > members.size();
    }

    /** The changes, grouped by the bytes they make: the names of one group can stay names of one file. */
    List<List<NewContent>> groupedByResult() {
        List<List<NewContent>> groups = new ArrayList<>();
        for (NewContent member : members()) {
            groups.stream()
                    .filter(group -> group.getFirst().change().makesTheSameAs(member.change()))
                    .findFirst()
                    .orElseGet(() -> {
                        groups.add(new ArrayList<>());
                        return groups.getLast();
                    })
                    .add(member);
        }
        return groups;
    }

    synchronized List<NewContent> members() {
        return members.stream()
                .sorted(Comparator.comparing(
                        (NewContent member) -> member.change().place().pyc()))
                .toList();
    }

    /** A change with the new body; a rewrite of a header keeps the old body and has none. */
    static final class NewContent {

        private static final byte[] NO_BODY = {};

        private final FileChange change;
        private final byte[] body;

        private NewContent(FileChange change, byte[] body) {
            this.change = change;
            this.body = body;
        }

        /** A change that keeps the old body. */
        static NewContent of(FileChange.HeaderRewrite change) {
            return new NewContent(change, NO_BODY);
        }

        /** A change that writes a new body. */
        static NewContent of(FileChange.WholeFile change, byte[] body) {
            return new NewContent(change, body);
        }

        FileChange change() {
            return change;
        }

        /** The bytes behind the header of a whole new file. */
        byte[] body() {
            return body;
        }

        /** Whether the change writes a new body. */
        boolean isWhole() {
            return change instanceof FileChange.WholeFile;
        }
    }
}
