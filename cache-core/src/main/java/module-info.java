/** Formats, verdicts, evidence, records and the index store: the part of freshpyc that touches neither system calls nor screens. */
@SuppressWarnings("module") // the indexer is compiled after the core
module dev.freshpyc.core {
    requires static transitive org.jspecify;
    requires com.github.benmanes.caffeine;
    requires chronicle.map;
    requires chronicle.core;
    requires chronicle.bytes;
    requires chronicle.values;

    exports dev.freshpyc.core.database to
            dev.freshpyc.indexer;
    exports dev.freshpyc.core.digest to
            dev.freshpyc.indexer;
    exports dev.freshpyc.core.file to
            dev.freshpyc.indexer;
    exports dev.freshpyc.core.image to
            dev.freshpyc.indexer;
    exports dev.freshpyc.core.lookup to
            dev.freshpyc.indexer;
    exports dev.freshpyc.core.manifest to
            dev.freshpyc.indexer;
    exports dev.freshpyc.core.manifest.rpm to
            dev.freshpyc.indexer;
    exports dev.freshpyc.core.marshal to
            dev.freshpyc.indexer;
    exports dev.freshpyc.core.metadata to
            dev.freshpyc.indexer;
    exports dev.freshpyc.core.observe to
            dev.freshpyc.indexer;
    exports dev.freshpyc.core.outcome to
            dev.freshpyc.indexer;
    exports dev.freshpyc.core.packaging to
            dev.freshpyc.indexer;
    exports dev.freshpyc.core.path to
            dev.freshpyc.indexer;
    exports dev.freshpyc.core.plan to
            dev.freshpyc.indexer;
    exports dev.freshpyc.core.proof to
            dev.freshpyc.indexer;
    exports dev.freshpyc.core.pyc to
            dev.freshpyc.indexer;
    exports dev.freshpyc.core.record to
            dev.freshpyc.indexer;
    exports dev.freshpyc.core.record.codec to
            dev.freshpyc.indexer;
    exports dev.freshpyc.core.store to
            dev.freshpyc.indexer;
    exports dev.freshpyc.core.store.chronicle to
            dev.freshpyc.indexer;
    exports dev.freshpyc.core.store.file to
            dev.freshpyc.indexer;
    exports dev.freshpyc.core.text to
            dev.freshpyc.indexer;
    exports dev.freshpyc.core.verdict to
            dev.freshpyc.indexer;
}
