package dev.freshpyc.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.RecordedVerdicts;
import dev.freshpyc.core.record.Samples;
import dev.freshpyc.core.record.Seal;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.record.VerdictSum;
import dev.freshpyc.core.store.Generation.FoundRecords;
import dev.freshpyc.core.store.Generation.IndexVerification;
import dev.freshpyc.core.store.Generation.Seals;
import dev.freshpyc.core.verdict.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that every implementation of {@link IndexStore} must pass. */
public abstract class IndexStoreContract {

    protected static final RawPath ENTRY = RawPath.of("/usr/lib/python3/dist-packages");
    protected static final long CHECKED_AT = 1_700_000_000_000_000_000L;

    private static final RawPath ODD_NAME = RawPath.of(new byte[] {'a', '/', (byte) 0xff, '.', 'p', 'y'}, 0, 6);

    private static final Seal SEAL =
            new Seal(new Sha256(1, 2, 3, 4), 300, 2, Map.of(Verdict.Kind.FRESH, 299L, Verdict.Kind.FATAL, 1L));

    /** Returns the store under test. Repeated calls within a test must return stores with equal content. */
    protected abstract IndexStore store();

    @Test
    void publishedRecordsAreRead() throws IOException {
        IndexInfo published = publish(0, 100);

        try (Generation generation = store().open(ENTRY).orElseThrow()) {
            assertThat(generation.info()).isEqualTo(published);
            assertThat(contents(generation)).isEqualTo(samples(0, 100));
            assertThat(generation.get(path(7))).contains(sample(7));
            assertThat(generation.get(RawPath.of("none.py"))).isEmpty();
        }
        assertThat(published.generation()).isEqualTo(1);
        assertThat(published.records()).isEqualTo(100);
        assertThat(published.checkedAtNanos()).isEqualTo(CHECKED_AT);
    }

    @Test
    void findReturnsTheRequestedRecords() throws IOException {
        IndexInfo published = publish(0, 3_000);

        for (int number = 0; number < 3_000; number += 7) {
            FoundRecords single = store().find(ENTRY, List.of(path(number))).orElseThrow();
            assertThat(single.records()).isEqualTo(Map.of(path(number), sample(number)));
            assertThat(single.info()).isEqualTo(published);
        }
        FoundRecords several = store().find(ENTRY, List.of(path(1), RawPath.of("none.py"), path(2)))
                .orElseThrow();
        assertThat(several.records()).isEqualTo(samples(1, 3));
    }

    @Test
    void recordsAfterASourceAreVisitedInTheOrderOfTheirPaths() throws IOException {
        publish(0, 3_000);
        try (Draft draft = store().draft(ENTRY)) {
            draft.remove(path(1_000));
            draft.put(ODD_NAME, sample(5));
            draft.publish(CHECKED_AT + 1);
        }
        List<RawPath> all = Stream.concat(
                        IntStream.range(0, 3_000)
                                .filter(number -> number != 1_000)
                                .mapToObj(IndexStoreContract::path),
                        Stream.of(ODD_NAME))
                .sorted()
                .toList();

        try (Generation generation = store().open(ENTRY).orElseThrow()) {
            assertThat(visitedAfter(generation, RawPath.EMPTY, Integer.MAX_VALUE))
                    .isEqualTo(all);
            for (int at = 0; at < all.size(); at += 37) {
                assertThat(visitedAfter(generation, all.get(at), 5))
                        .isEqualTo(all.stream().skip(at + 1).limit(5).toList());
            }
            assertThat(visitedAfter(generation, RawPath.of(path(1_000) + "\0"), 1))
                    .containsExactlyElementsOf(all.stream()
                            .filter(path -> path.compareTo(path(1_000)) > 0)
                            .limit(1)
                            .toList());
            assertThat(visitedAfter(generation, all.getLast(), 5)).isEmpty();
        }
    }

    @Test
    void aStoreIsEmptyBeforeTheFirstGeneration() throws IOException {
        assertThat(store().open(ENTRY)).isEmpty();
        assertThat(store().find(ENTRY, List.of(path(1)))).isEmpty();
        assertThat(store().info(ENTRY)).isEmpty();
        assertThat(store().verify(ENTRY)).isEmpty();
        assertThat(store().verdicts(ENTRY)).isEmpty();
        assertThat(store().list()).isEmpty();
        store().remove(ENTRY);
        try (Draft draft = store().draft(ENTRY)) {
            assertThat(draft.base()).isEmpty();
        }
    }

    @Test
    void anIndexWithoutRecordsCanBeOpened() throws IOException {
        publish(0, 0);

        try (Generation generation = store().open(ENTRY).orElseThrow()) {
            assertThat(contents(generation)).isEmpty();
        }
    }

    @Test
    void anUnpublishedDraftLeavesNothing() throws IOException {
        try (Draft draft = store().draft(ENTRY)) {
            draft.put(path(1), sample(1));
        }
        assertThat(store().open(ENTRY)).isEmpty();
        assertThat(store().list()).isEmpty();
    }

    @Test
    void aDraftStartsWithTheRecordsOfTheLatestGeneration() throws IOException {
        IndexInfo first = publish(0, 10);
        try (Draft draft = store().draft(ENTRY)) {
            assertThat(draft.base()).contains(first);
            assertThat(draft.get(path(3))).contains(sample(3));
            draft.remove(path(3));
            draft.put(path(4), sample(400));
            draft.put(ODD_NAME, sample(5));
            assertThat(draft.publish(CHECKED_AT + 1).generation()).isEqualTo(2);
        }

        Map<RawPath, SourceRecord> expected = samples(0, 10);
        expected.remove(path(3));
        expected.put(path(4), sample(400));
        expected.put(ODD_NAME, sample(5));
        try (Generation generation = store().open(ENTRY).orElseThrow()) {
            assertThat(contents(generation)).isEqualTo(expected);
        }
    }

    @Test
    void aReaderKeepsItsGenerationWhileTenNewerGenerationsArePublished() throws IOException {
        publish(0, 50);
        try (Generation old = store().open(ENTRY).orElseThrow()) {
            for (int i = 1; i <= 10; i++) {
                publish(i * 50, i * 50 + 50);
            }
            assertThat(old.info().generation()).isEqualTo(1);
            assertThat(contents(old)).isEqualTo(samples(0, 50));
        }
        assertThat(store().info(ENTRY).orElseThrow().generation()).isEqualTo(11);
    }

    @Test
    void aConfirmationChangesOnlyTheTime() throws IOException {
        IndexInfo published = publish(0, 10);
        store().confirm(published, CHECKED_AT + 5);
        assertThat(store().info(ENTRY)).contains(published.checkedAt(CHECKED_AT + 5));
        assertThat(store().list()).containsExactly(published.checkedAt(CHECKED_AT + 5));
        try (Generation generation = store().open(ENTRY).orElseThrow()) {
            assertThat(generation.info()).isEqualTo(published.checkedAt(CHECKED_AT + 5));
        }
    }

    @Test
    void aConfirmationOfAReplacedGenerationIsIgnored() throws IOException {
        IndexInfo older = publish(0, 10);
        IndexInfo newer = publish(10, 20);

        store().confirm(older, CHECKED_AT + 5);

        assertThat(store().info(ENTRY)).contains(newer);
    }

    @Test
    void sealsArePublishedWithTheRecords() throws IOException {
        try (Draft draft = store().draft(ENTRY)) {
            draft.put(RawPath.of("pkg/a.py"), sample(1));
            draft.seal(RawPath.of("pkg"), SEAL);
            draft.seal(RawPath.EMPTY, SEAL);
            draft.publish(CHECKED_AT);
        }

        Seals seals = store().seals(ENTRY).orElseThrow();
        assertThat(seals.info()).isEqualTo(store().info(ENTRY).orElseThrow());
        assertThat(seals.directories()).isEqualTo(Map.of(RawPath.of("pkg"), SEAL, RawPath.EMPTY, SEAL));
        assertThat(store().seals(RawPath.of("/none"))).isEmpty();
    }

    /** If a seal outlived a changed record, later runs would skip a directory that nobody had scanned. */
    @Test
    void aChangedRecordRemovesTheSealOfItsDirectory() throws IOException {
        try (Draft draft = store().draft(ENTRY)) {
            for (String directory : List.of("pkg", "removed", "other")) {
                draft.put(RawPath.of(directory + "/a.py"), sample(1));
                draft.seal(RawPath.of(directory), SEAL);
            }
            draft.publish(CHECKED_AT);
        }
        try (Draft draft = store().draft(ENTRY)) {
            draft.put(RawPath.of("pkg/b.py"), sample(2));
            draft.remove(RawPath.of("removed/a.py"));
            draft.publish(CHECKED_AT);
        }

        assertThat(store().seals(ENTRY).orElseThrow().directories()).containsOnlyKeys(RawPath.of("other"));
    }

    @Test
    void theLastOfTwoPublishersWins() throws IOException {
        try (Draft first = store().draft(ENTRY);
                Draft second = store().draft(ENTRY)) {
            first.put(path(1), sample(1));
            second.put(path(2), sample(2));
            assertThat(first.publish(CHECKED_AT).generation()).isEqualTo(1);
            assertThat(second.publish(CHECKED_AT).generation()).isEqualTo(2);
        }
        try (Generation generation = store().open(ENTRY).orElseThrow()) {
            assertThat(contents(generation)).isEqualTo(Map.of(path(2), sample(2)));
        }
    }

    @Test
    void publishUnlessOvertakenRefusesAnOvertakenDraft() throws IOException {
        try (Draft overtaken = store().draft(ENTRY)) {
            overtaken.put(path(1), sample(1));
            publish(2, 3);
            assertThat(overtaken.publishUnlessOvertaken(CHECKED_AT)).isEmpty();
        }
        try (Draft repeated = store().draft(ENTRY)) {
            repeated.put(path(1), sample(1));
            Optional<IndexInfo> published = repeated.publishUnlessOvertaken(CHECKED_AT);
            assertThat(published.map(IndexInfo::generation)).contains(2L);
            assertThat(repeated.base()).isEqualTo(published);
        }
        assertThat(store().info(ENTRY).orElseThrow().records()).isEqualTo(2);
    }

    @Test
    void everyPathEntryHasItsOwnIndex() throws IOException {
        RawPath other = RawPath.of("/usr/lib/python3/site-packages");
        publish(0, 1);
        try (Draft draft = store().draft(other)) {
            draft.publish(CHECKED_AT);
        }
        assertThat(store().list()).extracting(IndexInfo::entry).containsExactlyInAnyOrder(ENTRY, other);

        store().remove(ENTRY);
        assertThat(store().open(ENTRY)).isEmpty();
        assertThat(store().list()).extracting(IndexInfo::entry).containsExactly(other);
    }

    @Test
    void aWholeIndexPassesVerification() throws IOException {
        IndexInfo published = publish(0, 100);
        IndexVerification verification = store().verify(ENTRY).orElseThrow();
        assertThat(verification.passed()).isTrue();
        assertThat(verification.info()).isEqualTo(published);
        assertThat(verification.whole()).isEqualTo(100);
    }

    @Test
    void manyThreadsFillADraftFarBeyondItsInitialSize() throws IOException {
        int records = 20_000;
        try (Draft draft = store().draft(ENTRY)) {
            IntStream.range(0, records).parallel().forEach(i -> draft.put(path(i), sample(i)));
            assertThat(draft.publish(CHECKED_AT).records()).isEqualTo(records);
        }
        try (Generation generation = store().open(ENTRY).orElseThrow()) {
            assertThat(contents(generation)).isEqualTo(samples(0, records));
        }
    }

    @Test
    void removeIfRemovesTheRecordsOfMatchingSources() throws IOException {
        publish(0, 100);
        try (Draft draft = store().draft(ENTRY)) {
            draft.put(path(200), sample(200));
            assertThat(draft.removeIf(source -> !source.equals(path(7)))).isGreaterThanOrEqualTo(99);
            draft.put(path(200), sample(200));
            assertThat(draft.get(path(8))).isEmpty();
            assertThat(draft.publish(CHECKED_AT).records()).isEqualTo(2);
        }
        try (Generation generation = store().open(ENTRY).orElseThrow()) {
            assertThat(contents(generation)).isEqualTo(Map.of(path(7), sample(7), path(200), sample(200)));
        }
    }

    @Test
    void theVerdictsOfAllRecordsAreCounted() throws IOException {
        publish(0, 50);
        assertThat(store().verdicts(ENTRY)).contains(verdictsOf(samples(0, 50)));

        Map<RawPath, SourceRecord> remaining = samples(0, 50);
        try (Draft draft = store().draft(ENTRY)) {
            draft.remove(path(3));
            remaining.remove(path(3));
            draft.remove(path(77));
            for (int number : new int[] {4, 99}) {
                draft.put(path(number), Samples.proven(number, 11, 12));
                remaining.put(path(number), Samples.proven(number, 11, 12));
            }
            assertThat(draft.publish(CHECKED_AT).records()).isEqualTo(50);
        }
        assertThat(store().verdicts(ENTRY)).contains(verdictsOf(remaining));
    }

    /** The drafts of the generations have up to a thousand random changes. */
    @Test
    void randomChangesArePublishedInManyGenerations() throws IOException {
        SplittableRandom random = new SplittableRandom(20261128);
        Map<RawPath, SourceRecord> expected = new HashMap<>();
        for (int round = 0; round < 60; round++) {
            try (Draft draft = store().draft(ENTRY)) {
                int changes = random.nextInt(4) == 0 ? random.nextInt(1_000) : random.nextInt(5);
                for (int i = 0; i < changes; i++) {
                    int number = random.nextInt(2_000);
                    if (random.nextInt(3) == 0) {
                        draft.remove(path(number));
                        expected.remove(path(number));
                    } else {
                        draft.put(path(number), sample(number + round));
                        expected.put(path(number), sample(number + round));
                    }
                    assertThat(draft.get(path(number))).isEqualTo(Optional.ofNullable(expected.get(path(number))));
                }
                IndexInfo published = random.nextBoolean()
                        ? draft.publish(CHECKED_AT)
                        : draft.publishUnlessOvertaken(CHECKED_AT).orElseThrow();
                assertThat(published.generation()).isEqualTo(round + 1);
                assertThat(published.records()).isEqualTo(expected.size());
                assertThat(store().info(ENTRY)).contains(published);
            }
            assertThat(store().verdicts(ENTRY)).contains(verdictsOf(expected));
            assertThat(store().verify(ENTRY).orElseThrow().passed()).isTrue();
        }
        try (Generation generation = store().open(ENTRY).orElseThrow()) {
            assertThat(contents(generation)).isEqualTo(expected);
        }
    }

    private static RecordedVerdicts verdictsOf(Map<RawPath, SourceRecord> records) {
        VerdictSum sum = new VerdictSum(RecordedVerdicts.NONE);
        records.values().forEach(sum::add);
        return sum.sum();
    }

    protected final IndexInfo publish(int from, int to) throws IOException {
        try (Draft draft = store().draft(ENTRY)) {
            samples(from, to).forEach(draft::put);
            return draft.publish(CHECKED_AT);
        }
    }

    protected static RawPath path(int number) {
        return RawPath.of("package%d/subpackage/module_%d.py".formatted(number % 17, number));
    }

    protected static SourceRecord sample(int number) {
        return Samples.proven(number, 11);
    }

    protected static Map<RawPath, SourceRecord> samples(int from, int to) {
        Map<RawPath, SourceRecord> all = new HashMap<>();
        IntStream.range(from, to).forEach(number -> all.put(path(number), sample(number)));
        return all;
    }

    protected static Map<RawPath, SourceRecord> contents(Generation generation) {
        Map<RawPath, SourceRecord> all = new HashMap<>();
        generation.forEach(all::put);
        return all;
    }

    private static List<RawPath> visitedAfter(Generation generation, RawPath source, int limit) {
        List<RawPath> visited = new ArrayList<>();
        generation.forEachAfter(source, (path, record) -> {
            assertThat(generation.get(path)).contains(record);
            visited.add(path);
            return visited.size() < limit;
        });
        return visited;
    }
}
