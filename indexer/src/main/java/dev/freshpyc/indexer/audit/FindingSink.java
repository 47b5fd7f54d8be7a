package dev.freshpyc.indexer.audit;

import java.util.List;

/** Receives findings during the scan: those of one directory at a time, from one worker at a time. */
@FunctionalInterface
public interface FindingSink {
    void accept(List<Finding> directory);
}
