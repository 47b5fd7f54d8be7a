package dev.freshpyc.cli.render;

import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.audit.Finding;
import java.util.List;
import java.util.Optional;

/** The commands that mend what an audit found, ready for a shell. */
public sealed interface AuditMending permits TreeMending, ImageMending {

    /** The commands for whole entries, the most urgent first. */
    List<String> commands(List<EntryReport> entries);

    /** The command to run next: the most urgent mending command, or else one that explains a finding; empty without a finding. */
    Optional<String> next(List<EntryReport> entries);

    /** The command that explains a file, without the file. */
    String explain();

    /** The command for one finding; empty where no command mends it. */
    Optional<String> command(Finding finding);

    /** Sentences on steps before the commands, or instead of them; empty where the commands are enough. */
    Optional<String> note(List<EntryReport> entries);
}
