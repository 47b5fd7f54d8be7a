package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.core.verdict.Classifier;
import dev.freshpyc.core.verdict.HashChecks;
import dev.freshpyc.core.verdict.InterpreterAnswer;
import dev.freshpyc.core.verdict.LegacyReader;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.archive.CentralDirectory;
import dev.freshpyc.indexer.archive.MemberReader;
import dev.freshpyc.indexer.archive.ZipRules;
import dev.freshpyc.indexer.scan.ArchiveScan.OpenArchive;
import dev.freshpyc.indexer.scan.SourceScan.Order;
import dev.freshpyc.indexer.scan.SourceScan.Owners;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The modules of an archive, as each interpreter finds them that reads a member of it: the one that the user asked about, otherwise
 * the version that wrote the member.
 */
final class ArchiveReaders {

    private static final RawPath INIT = RawPath.of("__init__.py");

    private final PathEntry.Archive entry;
    private final OpenArchive archive;
    private final CentralDirectory directory;
    private final ScanOptions options;
    private final MemberReader members;
    private final @Nullable FoundElsewhere elsewhere;
    private final Map<Optional<KnownInterpreter>, ArchiveModules> known = new HashMap<>();
    private final ArchiveModules ofPyo;

    ArchiveReaders(
            PathEntry.Archive entry,
            OpenArchive archive,
            CentralDirectory directory,
            ScanOptions options,
            MemberReader members) {
        this.entry = entry;
        this.archive = archive;
        this.directory = directory;
        this.options = options;
        this.members = members;
        this.elsewhere = options.order().of(entry);
        this.ofPyo = modules(ZipRules.OF_PYO, Optional.empty());
    }

    /** Describes members as the interpreter that was asked about sees them, otherwise each as the version that wrote it. */
    ObservedMember newMember() {
        return member(options.legacyReader());
    }

    /** The modules, as the reader of a member finds them. */
    ArchiveModules of(ObservedMember member) {
        if (options.interpreter().isPresent()) {
            return of(options.interpreter());
        }
        if (!(member.state() instanceof PycState.Read) && ArchiveModules.isOptimized(member.name())) {
            return ofPyo; // no other version would look at it
        }
        Optional<PythonVersion> version = member.version();
        return version.isEmpty()
                ? of(Optional.empty())
                : of(member.magic().map(magic -> new KnownInterpreter(version.get(), Optional.empty(), magic)));
    }

    /** The modules, as an interpreter finds them; where it is not known, the newest, for which each member is its own. */
    ArchiveModules of(Optional<KnownInterpreter> reader) {
        return known.computeIfAbsent(
                reader,
                one -> modules(
                        one.map(KnownInterpreter::version).map(ZipRules::of).orElse(ZipRules.NEWEST), one));
    }

    /**
     * The place of a source in the order of finders. Where no interpreter was asked about, the version that wrote the source's bytecode
     * counts, or any version where there is none.
     */
    Order order(RawPath source) {
        RawPath pyc = ArchiveModules.suffixed(source, "c");
        ArchiveModules modules = Stream.of(pyc, ArchiveModules.suffixed(source, "o"))
                .filter(name -> directory.file(entry.inner().resolve(name)).isPresent())
                .findFirst()
                .map(this::readersOf)
                .orElseGet(() -> of(options.interpreter()));
        Hider place = modules.place(pyc);
        return switch (place.placement()) {
            case HIDDEN_BY_PACKAGE, HIDDEN_BY_MODULE, HIDDEN_BY_ENTRY ->
                new Order(Optional.ofNullable(place.path()), Owners.NONE, List.of(), false);
            case BUILT_IN, FROZEN -> new Order(Optional.empty(), Owners.ASKED, List.of(), false);
            case OUTSIDE_PACKAGE -> new Order(Optional.empty(), Owners.NONE, List.of(), true);
            default ->
                source.name().equals(INIT) && !source.parent().equals(RawPath.EMPTY)
                        ? new Order(Optional.empty(), Owners.NONE, modules.hiddenBy(source.parent()), false)
                        : Order.PLAIN;
        };
    }

    /** The modules, as the reader of that member finds them. */
    private ArchiveModules readersOf(RawPath name) {
        ObservedMember member = newMember();
        member.read(name);
        return of(member);
    }

    private ArchiveModules modules(ZipRules rules, Optional<KnownInterpreter> reader) {
        LegacyReader legacy = new LegacyReader(reader);
        Classifier classifier = new Classifier(HashChecks.DEFAULT, RacyWindow.DEFAULT, legacy);
        ObservedMember member = member(legacy);
        return new ArchiveModules(directory, entry.inner(), rules, elsewhere, name -> {
            member.read(name);
            Observation seen = new Observation(
                    archive.takenAtNanos(), Placement.ARCHIVE_FIRST, null, member.sourceWithContent(), member.state());
            return classifier.classify(seen).interpreter() == InterpreterAnswer.IGNORES;
        });
    }

    private ObservedMember member(LegacyReader legacy) {
        return new ObservedMember(
                directory,
                entry.inner(),
                archive.stamp(),
                members,
                options.zone().get().getRules(),
                legacy);
    }
}
