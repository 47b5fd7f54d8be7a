package dev.freshpyc.indexer.audit;

import java.util.List;

/** Takes findings while the scan goes on, a directory's at a time and from one worker at a time. */
@FunctionalInterface
public interface FindingSink {
    void accept(List<Finding> directory);
}
