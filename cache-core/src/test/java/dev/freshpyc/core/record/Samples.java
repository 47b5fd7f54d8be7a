package dev.freshpyc.core.record;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.SourceHash;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.InterpreterAnswer;
import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.core.verdict.Verdict.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Sample records, similar to the records of real trees. */
public final class Samples {

    private static final Verdict FRESH =
            Verdict.recorded(Kind.FRESH, InterpreterAnswer.LOADS, Reason.MATCH, Evidence.HEADER);

    private Samples() {}

    /** A source with one proven pyc for each minor version. Equal seeds give equal records. */
    public static SourceRecord proven(long seed, int... minors) {
        SplittableRandom random = new SplittableRandom(seed);
        Sha256 content = digest(random);
        List<PycRecord> pycs = new ArrayList<>();
        for (int minor : minors) {
            HeaderBytes header = new HeaderBytes(random.nextLong(), random.nextLong(), 16);
            pycs.add(new PycRecord(
                    "cpython-3" + minor,
                    OptimizationLevel.NONE,
                    stamp(random),
                    header,
                    digest(random),
                    content,
                    null,
                    FRESH,
                    contentFacts(random)));
        }
        return new SourceRecord(stamp(random), content, pycs);
    }

    private static ContentFacts contentFacts(SplittableRandom random) {
        return new ContentFacts(random.nextBoolean(), random.nextBoolean() ? new SourceHash(random.nextLong()) : null);
    }

    /** A stamp with times of this decade, a size of some kilobytes and an inode number as ext4 assigns. */
    public static FileStamp stamp(SplittableRandom random) {
        return new FileStamp(
                1_700_000_000L + random.nextInt(90_000_000),
                random.nextInt(1_000_000_000),
                1_700_000_000L + random.nextInt(90_000_000),
                random.nextInt(1_000_000_000),
                random.nextInt(40_000),
                random.nextInt(10_000_000),
                2049);
    }

    public static Sha256 digest(SplittableRandom random) {
        return new Sha256(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    public static PycRecord pyc(
            @Nullable String tag, @Nullable Sha256 body, @Nullable Sha256 provenFor, Verdict verdict) {
        return new PycRecord(
                tag,
                OptimizationLevel.O1,
                FileStamp.UNSETTLED,
                new HeaderBytes(0x0d0da7L, 0, 4),
                body,
                provenFor,
                null,
                verdict,
                ContentFacts.NOTHING);
    }
}
