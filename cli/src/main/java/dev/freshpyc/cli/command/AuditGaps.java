package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.ScanTarget;
import dev.freshpyc.cli.render.Words;
import dev.freshpyc.indexer.audit.EntryReport;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ParseResult;

/**
 * What an audit has missed, besides the paths that its report names as unreadable.
 *
 * @param unanswered whether an interpreter did not answer in time, which is printed before the audit
 * @param told the other gaps
 */
record AuditGaps(boolean unanswered, List<String> told) {

    static final String MIN_FILES = "--min-files";

    static AuditGaps of(ParseResult parsed, ScanTarget target, List<EntryReport> reports, AuditIndexes indexes) {
        List<String> told = new ArrayList<>(indexes.gaps());
        long judged =
                reports.stream().mapToLong(report -> report.counts().total()).sum();
        int least = parsed.matchedOptionValue(MIN_FILES, 0);
        if (judged < least) {
            told.add(Words.count(judged, "bytecode file") + " judged, but " + MIN_FILES + " asks for " + least);
        }
        return new AuditGaps(target.unanswered(), told);
    }

    boolean isEmpty() {
        return !unanswered && told.isEmpty();
    }

    /** All gaps, for a report that is read without the messages of the program. */
    List<String> lines() {
        return Stream.concat(
                        unanswered
                                ? Stream.of("the interpreter did not answer in time, and was left out")
                                : Stream.of(),
                        told.stream())
                .toList();
    }

    void print(PrintStream err) {
        told.forEach(line -> err.println("freshpyc: " + line));
    }
}
