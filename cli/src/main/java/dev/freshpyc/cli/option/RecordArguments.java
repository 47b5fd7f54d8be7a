package dev.freshpyc.cli.option;

import dev.freshpyc.indexer.repair.change.RepairOptions.RecordPolicy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options {@code --keep-records} and {@code --update-records}, about files that package managers list. */
public final class RecordArguments {

    private static final String KEEP = "--keep-records";
    private static final String UPDATE = "--update-records";

    private RecordArguments() {}

    /** The option {@code --keep-records}; the verb names what the command does not do to such files. */
    public static OptionSpec keep(String verb) {
        return Options.flag(
                KEEP,
                "Do not " + verb
                        + " files that are as the records of a package list them: a wheel's RECORD, dpkg's md5sums or the RPM database. A file with another content than its record lists is not kept.");
    }

    /** The option {@code --update-records}; its description tells what happens to the lines of a RECORD. */
    public static OptionSpec update(String description) {
        return Options.flag(UPDATE, description + " The databases of dpkg and RPM are never written.");
    }

    /** Whether the profile of an image sets {@code --update-records}. */
    private static boolean isSet(ParseResult parsed) {
        @Nullable
        SealProfile profile = parsed.commandSpec().findOption(SealProfile.NAME) == null ? null : SealProfile.of(parsed);
        return profile != null && profile.sets(UPDATE);
    }

    public static RecordPolicy of(ParseResult parsed) {
        boolean keep = parsed.hasMatchedOption(KEEP);
        boolean update = parsed.hasMatchedOption(UPDATE) || (!keep && isSet(parsed));
        if (keep && update) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--keep-records leaves the files in a RECORD, and --update-records changes them: choose one");
        }
        return keep ? RecordPolicy.KEEP : update ? RecordPolicy.UPDATE : RecordPolicy.NAME;
    }
}
