package dev.freshpyc.indexer.snapshot;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.core.record.PycRecord;

/**
 * The place of a record's pyc.
 *
 * @param directory relative to the entry
 */
record PycPlace(RawPath directory, RawPath name) {

    private static final RawPath CACHE = RawPath.of(PycPath.CACHE_DIRECTORY);

    /**
     * The place of a pyc.
     *
     * @param source relative to the entry
     */
    static PycPlace of(RawPath source, PycRecord pyc) {
        RawPath beside = source.parent();
        if (pyc.tag() == null) {
            byte[] bytes = source.name().toBytes();
            RawPath stem = RawPath.of(bytes, 0, bytes.length - PycPath.SOURCE_SUFFIX.length());
            String suffix = pyc.level().equals(OptimizationLevel.NONE) ? PycPath.PYC_SUFFIX : PycPath.PYO_SUFFIX;
            return new PycPlace(beside, joined(stem, suffix));
        }
        return new PycPlace(beside.resolve(CACHE), PycPath.name(source.name(), CacheTag.of(pyc.tag()), pyc.level()));
    }

    private static RawPath joined(RawPath stem, String suffix) {
        byte[] begin = stem.toBytes();
        byte[] end = RawPath.of(suffix).toBytes();
        byte[] all = new byte[begin.length + end.length];
        System.arraycopy(begin, 0, all, 0, begin.length);
        System.arraycopy(end, 0, all, begin.length, end.length);
        return RawPath.of(all, 0, all.length);
    }

    /** The path below the entry. */
    RawPath path() {
        return directory.resolve(name);
    }

    boolean isInCache() {
        return directory.name().equals(CACHE);
    }

    /** The name of the file that a snapshot keeps of the pyc: a digest of the pyc's path, and so the same in every snapshot. */
    RawPath keptName() {
        return RawPath.of(Sha256.of(Sha256.newDigest().digest(path().toBytes())).toString());
    }
}
