package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.ForwardingReader;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import dev.freshpyc.indexer.fs.TreeReader;

/** Counts the directories that one worker holds open at the same time. */
final class DescriptorCounter extends ForwardingReader {

    private int open;
    private int maximum;

    DescriptorCounter(TreeReader reader) {
        super(reader);
    }

    int open() {
        return open;
    }

    int maximum() {
        return maximum;
    }

    @Override
    public Opening openRoot(RawPath path) {
        return counted(super.openRoot(path));
    }

    @Override
    public Opening open(OpenDirectory parent, RawPath name, boolean followLink) {
        return counted(super.open(parent, name, followLink));
    }

    @Override
    public void close(OpenDirectory directory) {
        open--;
        super.close(directory);
    }

    private Opening counted(Opening opening) {
        if (opening instanceof Opening.Open) {
            open++;
            maximum = Math.max(maximum, open);
        }
        return opening;
    }
}
