package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.file.RawPath;
import dev.freshpyc.indexer.files.FileAccess;
import dev.freshpyc.indexer.files.ForwardingFiles;
import dev.freshpyc.indexer.files.OpenDirectory;
import dev.freshpyc.indexer.files.Opening;

/** Counts the directories that are open at once. For one worker. */
final class DescriptorWatch extends ForwardingFiles {

    private int open;
    private int most;

    DescriptorWatch(FileAccess files) {
        super(files);
    }

    int open() {
        return open;
    }

    int most() {
        return most;
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
            most = Math.max(most, open);
        }
        return opening;
    }
}
