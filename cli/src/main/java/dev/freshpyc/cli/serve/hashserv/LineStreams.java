package dev.freshpyc.cli.serve.hashserv;

import dev.freshpyc.cli.serve.equivalence.Column;
import dev.freshpyc.cli.serve.equivalence.Equivalences;
import dev.freshpyc.cli.serve.equivalence.Fields;
import dev.freshpyc.cli.serve.equivalence.TaskKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The streams: a client sends lines without waiting, and gets a line for each. */
final class LineStreams {

    private final Equivalences equivalences;

    LineStreams(Equivalences equivalences) {
        this.equivalences = equivalences;
    }

    /** A stream of a name, for a client that may use it; empty for another name. */
    Optional<LineStream> open(String name, Caller caller) throws RefusedException {
        return switch (name) {
            case "get-stream" -> {
                caller.require(Permission.READ);
                yield Optional.of(this::unihashes);
            }
            case "exists-stream" -> {
                caller.require(Permission.READ);
                yield Optional.of(this::exist);
            }
            case "gc-mark-stream" -> {
                caller.require(Permission.DB_ADMIN);
                EquivalenceCommands.requireWritable(equivalences);
                yield Optional.of(this::mark);
            }
            default -> Optional.empty();
        };
    }

    /** The unihashes of lines with a method and a taskhash; an empty line for a task that is not known. */
    private List<String> unihashes(List<String> lines) throws RefusedException, IOException, InterruptedException {
        List<TaskKey> tasks = new ArrayList<>(lines.size());
        for (String line : lines) {
            tasks.add(task(line));
        }
        List<String> answers = new ArrayList<>(lines.size());
        for (Optional<String> unihash : equivalences.unihashes(tasks)) {
            answers.add(unihash.filter(LineStreams::isLine).orElse(""));
        }
        return answers;
    }

    private static TaskKey task(String line) throws RefusedException {
        int blank = line.indexOf(' ');
        if (blank <= 0 || line.indexOf(' ', blank + 1) >= 0 || line.length() - blank - 1 > Fields.MAX_KEY_LENGTH) {
            throw new RefusedException("A line of the stream is not METHOD TASKHASH.");
        }
        return new TaskKey(line.substring(0, blank), line.substring(blank + 1));
    }

    /** Whether a unihash, which may have come over another protocol, is one line. */
    private static boolean isLine(String unihash) {
        for (int at = 0; at < unihash.length(); at++) {
            if (unihash.charAt(at) < ' ') {
                return false;
            }
        }
        return true;
    }

    private List<String> exist(List<String> lines) throws IOException, InterruptedException {
        return equivalences.store().rows().exist(lines).stream()
                .map(String::valueOf)
                .toList();
    }

    /** Marks the rows of lines with a mark and conditions, as JSON. */
    private List<String> mark(List<String> lines) throws RefusedException, IOException, InterruptedException {
        List<String> answers = new ArrayList<>(lines.size());
        List<Map<Column, String>> wheres = new ArrayList<>();
        String mark = "";
        for (String line : lines) {
            Arguments arguments = Message.arguments(line);
            String next = arguments.required(Arguments.MARK);
            if (!next.equals(mark)) {
                mark(mark, wheres, answers);
                wheres.clear();
                mark = next;
            }
            wheres.add(arguments.where());
        }
        mark(mark, wheres, answers);
        return answers;
    }

    private void mark(String mark, List<Map<Column, String>> wheres, List<String> answers)
            throws IOException, InterruptedException {
        if (!wheres.isEmpty()) {
            equivalences.store().maintenance().mark(mark, wheres).forEach(count -> answers.add(Reply.count(count)));
        }
    }
}
