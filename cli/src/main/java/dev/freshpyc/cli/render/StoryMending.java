package dev.freshpyc.cli.render;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.audit.Explainer.Story;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The commands that mend what {@code explain} found, ready for a shell. */
public sealed interface StoryMending permits Mending, ImageMending {

    /**
     * The commands for bytecode files, each once, in the order of the files.
     *
     * @param source of the files; empty where they have several or none
     */
    Set<String> of(List<Story> stories, Optional<RawPath> source);
}
