package dev.freshpyc.indexer.image;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.site.SiteFiles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The files of an image, from which {@code sys.path} of its interpreters is computed. */
public record ImageSiteFiles(ImageTree tree) implements SiteFiles {

    @Override
    public boolean exists(RawPath path) {
        return tree.find(path).isPresent();
    }

    @Override
    public boolean isDirectory(RawPath path) {
        return tree.directory(path).isPresent();
    }

    @Override
    public boolean isFile(RawPath path) {
        return regular(path).isPresent();
    }

    @Override
    public Optional<byte[]> read(RawPath path, int most) {
        Optional<ImageFile> file =
                regular(path).filter(one -> one.content() != ImageFile.NO_CONTENT && one.size() <= most);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        byte[] content = new byte[(int) file.get().size()];
        try {
            return tree.contents().readFully(file.get().content(), content, content.length)
                    ? Optional.of(content)
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<List<RawPath>> list(RawPath directory, int most) {
        return tree.directory(directory)
                .map(ImageDirectory.class::cast)
                .filter(found -> found.children().size() <= most)
                .map(found -> List.copyOf(found.children().keySet()));
    }

    @Override
    public RawPath real(RawPath path) {
        return tree.real(path).orElse(path);
    }

    @Override
    public Optional<RawPath> link(RawPath path) {
        return tree.link(path);
    }

    private Optional<ImageFile> regular(RawPath path) {
        return tree.find(path).filter(file -> switch (file.type()) {
            case REGULAR, HARD_LINK -> true;
            case DIRECTORY, SYMBOLIC_LINK, OTHER -> false;
        });
    }
}
