package dev.freshpyc.cli.option;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.TargetHeader;
import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.indexer.repair.change.RepairOptions;
import dev.freshpyc.indexer.repair.change.RepairOptions.Bodies;
import dev.freshpyc.indexer.repair.change.RepairOptions.HardLinks;
import dev.freshpyc.indexer.repair.change.RepairOptions.WriteMode;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Reads the options of {@code repair} that depend on one another. */
public final class RepairArguments {

    /** The value of {@code --clamp-mtime} without EPOCH: the variable of that name is read. */
    public static final String SOURCE_DATE_EPOCH = "$SOURCE_DATE_EPOCH";

    private static final String REQUIRE = "--require";
    private static final String RENEW = "--renew";

    private RepairArguments() {}

    /** The option {@code --renew}. */
    public static OptionSpec renewed() {
        return Options.flag(
                RENEW,
                "Compile every source anew, under its path inside --root, and write the result unless the file has exactly these bytes.");
    }

    /** The option {@code --require}: the evidence that makes a recompilation unnecessary. */
    public static OptionSpec required() {
        return Options.value(
                REQUIRE,
                "EVIDENCE",
                Evidence.class,
                "Keep a body only on this evidence or stronger: header, manifest, equivalence, proof, index, hash-header or recompiled."
                        + " Any other body is compiled and compared, also behind a right header; if its code differs, it is"
                        + " replaced. Default: header, which keeps every body behind a matching header.");
    }

    public static RepairOptions options(ParseResult parsed) {
        @Nullable SealProfile profile = SealProfile.of(parsed);
        TargetMode mode = parsed.matchedOptionValue("--to", profile == null ? TargetMode.AUTO : profile.target());
        OptionalLong clamp = clamp(parsed);
        boolean setTimes = parsed.hasMatchedOption("--zero-source-mtime");
        require(clamp.isEmpty() || mode == TargetMode.TIMESTAMP, "--clamp-mtime needs --to timestamp");
        require(
                !setTimes || mode == TargetMode.ZERO_MTIME || clamp.isPresent(),
                "--zero-source-mtime and --set-source-mtime need --to zero-mtime or --clamp-mtime");
        return new RepairOptions(
                new TargetHeader(mode, clamp),
                weakest(parsed, profile),
                setTimes,
                parsed.matchedOptionValue("--write", WriteMode.REPLACE),
                DurabilityArgument.of(parsed),
                parsed.matchedOptionValue("--hardlinks", HardLinks.REFUSE),
                isSet("--share", parsed, profile),
                RootArgument.of(parsed),
                !parsed.hasMatchedOption(Options.NO_TRUST_CTIME),
                KeepArgument.of(parsed),
                RecordArguments.of(parsed),
                isSet(RENEW, parsed, profile) ? Bodies.RENEW : Bodies.KEEP,
                ProfileArgument.of(parsed));
    }

    private static boolean isSet(String flag, ParseResult parsed, @Nullable SealProfile profile) {
        return parsed.hasMatchedOption(flag) || (profile != null && profile.sets(flag));
    }

    private static Evidence weakest(ParseResult parsed, @Nullable SealProfile profile) {
        @Nullable Evidence required = parsed.matchedOptionValue(REQUIRE, (Evidence) null);
        boolean assume = parsed.hasMatchedOption("--assume-matching");
        require(required == null || !assume, "--assume-matching cannot be used with --require: leave one out");
        require(
                required != Evidence.ASSUMED,
                "--require takes no 'assumed': use --assume-matching instead of --require");
        if (required != null || assume) {
            return required != null ? required : Evidence.ASSUMED;
        }
        return profile == null ? Evidence.HEADER : profile.required();
    }

    private static OptionalLong clamp(ParseResult parsed) {
        @Nullable String given = parsed.matchedOptionValue("--clamp-mtime", (String) null);
        if (given == null) {
            return OptionalLong.empty();
        }
        boolean asked = given.equals(SOURCE_DATE_EPOCH);
        @Nullable String epoch = asked ? System.getenv("SOURCE_DATE_EPOCH") : given;
        try {
            require(epoch != null, "$SOURCE_DATE_EPOCH is not set: set it, or give --clamp-mtime=EPOCH");
            return OptionalLong.of(Long.parseLong(String.valueOf(epoch)));
        } catch (NumberFormatException wrong) {
            String shown = RawPath.of(String.valueOf(epoch)).shown();
            throw new CommandFailure(ExitCode.USAGE, "--clamp-mtime: '" + shown + "' is not a number of seconds");
        }
    }

    private static void require(boolean holds, String complaint) {
        if (!holds) {
            throw new CommandFailure(ExitCode.USAGE, complaint);
        }
    }
}
