/** Walks, judges, indexes and repairs. Other programs use the exported package alone. */
module dev.freshpyc.indexer {
    requires static transitive org.jspecify;
    requires dev.freshpyc.core;
    requires aircompressor;
    requires tools.jackson.core;

    exports dev.freshpyc.indexer.library;
}
