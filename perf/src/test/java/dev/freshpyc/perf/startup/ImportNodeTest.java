package dev.freshpyc.perf.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Makes a tree of the report of {@code -X importtime}, which lists a module after its imports. */
class ImportNodeTest {

    @Test
    void aModuleContainsItsImports() {
        List<ImportNode> roots = tree(
                "import time: self [us] | cumulative | imported package",
                "import time:       149 |        149 |       _json",
                "import time:       266 |        415 |     json.scanner",
                "import time:       380 |        795 |   json.decoder",
                "import time:       263 |        263 |   json.encoder",
                "import time:       181 |       1239 | json",
                "import time:    cached |     cached |   sys",
                "import time:         7 |          7 | late");

        ImportNode scanner = new ImportNode("json.scanner", 266, 415, List.of(leaf("_json", 149)));
        ImportNode decoder = new ImportNode("json.decoder", 380, 795, List.of(scanner));
        assertThat(roots)
                .containsExactly(
                        new ImportNode("json", 181, 1239, List.of(decoder, leaf("json.encoder", 263))),
                        leaf("late", 7));
    }

    @Test
    void aTruncatedReportBecomesATree() {
        assertThat(tree("import time: 1 | 1 |     deep", "import time: 2 | 2 |   less", "import time: 3 | 3 |   more"))
                .containsExactly(new ImportNode("less", 2, 2, List.of(leaf("deep", 1))), leaf("more", 3));
        assertThat(tree()).isEmpty();
    }

    private static ImportNode leaf(String module, long micros) {
        return new ImportNode(module, micros, micros, List.of());
    }

    private static List<ImportNode> tree(String... lines) {
        return ImportNode.of(Stream.of(lines)
                .map(ImportTime::parse)
                .flatMap(Optional::stream)
                .toList());
    }
}
