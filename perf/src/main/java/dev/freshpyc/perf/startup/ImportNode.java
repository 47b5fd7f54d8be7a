package dev.freshpyc.perf.startup;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * An import with the imports that it did itself, in order.
 *
 * @param self microseconds without these imports
 * @param cumulative microseconds with them
 */
public record ImportNode(String module, long self, long cumulative, List<ImportNode> imports) {

    public ImportNode {
        imports = List.copyOf(imports);
    }

    private record EndedImport(int depth, ImportNode node) {}

    /** The imports that no other import did, from a report that names each module after the modules that it imports. */
    public static List<ImportNode> of(List<ImportTime> report) {
        Deque<EndedImport> ended = new ArrayDeque<>();
        for (ImportTime time : report) {
            Deque<ImportNode> below = new ArrayDeque<>();
            while (!ended.isEmpty() && ended.getLast().depth() > time.depth()) {
                below.addFirst(ended.removeLast().node());
            }
            ended.add(new EndedImport(
                    time.depth(),
                    new ImportNode(time.module(), time.self(), time.cumulative(), new ArrayList<>(below))));
        }
        return ended.stream().map(EndedImport::node).toList();
    }
}
