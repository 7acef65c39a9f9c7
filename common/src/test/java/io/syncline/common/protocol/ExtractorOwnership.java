package io.syncline.common.protocol;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Two extractors and one row: the transactional producer of the partition of the watermarks topic ({@code OwnedPartition}), the
 * watermark that restores a table, and what a loader reads of the rows topic.
 */
final class ExtractorOwnership implements Model<ExtractorOwnership.State> {

    /** What keeps each change published once; each is needed. */
    enum Guard {
        /** The producer's id is the partition's, so that opening it ends and fences a former owner's transaction. */
        ID_OF_THE_PARTITION,
        /** Watermarks are read after the producer is open… */
        FENCE_BEFORE_RESTORE,
        /** …and whenever it failed. */
        RESTORE_AFTER_FAILURE,
        /** Rows and watermark are one transaction. */
        ONE_TRANSACTION,
        /** Loaders read what is committed. */
        READ_COMMITTED
    }

    private static final int CHANGES = 3;
    private static final int ASSIGNMENTS = 3;

    /** Where an extractor stands. */
    enum Phase {
        IDLE,
        OPEN,
        RESTORED,
        SENT,
        ROWS_COMMITTED
    }

    /**
     * One extractor.
     *
     * @param epoch of its producer
     * @param watermark the version that it takes as published
     * @param sent the version in its open transaction
     */
    record Extractor(int assignment, Phase phase, int epoch, int watermark, int sent) {

        static final Extractor NONE = new Extractor(0, Phase.IDLE, 0, 0, 0);

        Extractor at(Phase next) {
            return new Extractor(assignment, next, epoch, watermark, sent);
        }
    }

    /**
     * All there is.
     *
     * @param source the row's version there
     * @param epoch of the newest producer
     * @param watermark the version that the committed watermark stands for
     * @param seen the last version that a loader read
     * @param wrong what a loader read that it should not have
     */
    record State(
            int owner,
            int assignment,
            int source,
            int epoch,
            int watermark,
            int seen,
            String wrong,
            Extractor first,
            Extractor second) {

        Extractor extractor(int which) {
            return which == 0 ? first : second;
        }

        State with(int which, Extractor extractor) {
            return which == 0
                    ? new State(owner, assignment, source, epoch, watermark, seen, wrong, extractor, second)
                    : new State(owner, assignment, source, epoch, watermark, seen, wrong, first, extractor);
        }

        State assignedTo(int which) {
            return new State(which, assignment + 1, source, epoch, watermark, seen, wrong, first, second);
        }

        State changed() {
            return new State(owner, assignment, source + 1, epoch, watermark, seen, wrong, first, second);
        }

        State withEpoch(int newest) {
            return new State(owner, assignment, source, newest, watermark, seen, wrong, first, second);
        }

        State withWatermark(int version) {
            return new State(owner, assignment, source, epoch, version, seen, wrong, first, second);
        }

        State read(int version) {
            String found = version == seen ? "published twice" : version < seen ? "out of order" : "";
            return new State(owner, assignment, source, epoch, watermark, version, found, first, second);
        }

        State withSmallEpochs() {
            List<Integer> epochs = IntStream.of(0, epoch, first.epoch(), second.epoch())
                    .sorted()
                    .distinct()
                    .boxed()
                    .toList();
            return withEpoch(epochs.indexOf(epoch))
                    .with(0, small(first, epochs))
                    .with(1, small(second, epochs));
        }

        private static Extractor small(Extractor one, List<Integer> epochs) {
            return new Extractor(
                    one.assignment(), one.phase(), epochs.indexOf(one.epoch()), one.watermark(), one.sent());
        }
    }

    private final Set<Guard> guards;

    ExtractorOwnership(Set<Guard> removed) {
        this.guards = EnumSet.allOf(Guard.class);
        this.guards.removeAll(removed);
    }

    @Override
    public State start() {
        return new State(0, 1, 1, 0, 0, 0, "", Extractor.NONE, Extractor.NONE);
    }

    @Override
    public List<Step<State>> steps(State state) {
        List<Step<State>> steps = new ArrayList<>();
        if (state.source() < CHANGES) {
            steps.add(new Step<>("the source changes", state.changed()));
        }
        for (int which = 0; which < 2; which++) {
            String who = which == 0 ? "first " : "second ";
            if (state.assignment() < ASSIGNMENTS) {
                steps.add(new Step<>("the group chooses " + who, state.assignedTo(which)));
            }
            learn(state, which).ifPresent(next -> steps.add(new Step<>(who + "learns", next)));
            if (state.extractor(which).assignment() != 0) {
                work(state, which)
                        .ifPresent(step -> steps.add(
                                new Step<>(who + step.name(), step.next().withSmallEpochs())));
            }
        }
        return steps;
    }

    private static Optional<State> learn(State state, int which) {
        Extractor extractor = state.extractor(which);
        if (state.owner() == which && extractor.assignment() != state.assignment()) {
            return Optional.of(state.with(which, new Extractor(state.assignment(), Phase.IDLE, 0, 0, 0)));
        }
        return state.owner() != which && extractor.assignment() != 0
                ? Optional.of(state.with(which, Extractor.NONE))
                : Optional.empty();
    }

    private Optional<Step<State>> work(State state, int which) {
        Extractor own = state.extractor(which);
        boolean fenceFirst = guards.contains(Guard.FENCE_BEFORE_RESTORE);
        return switch (own.phase()) {
            case IDLE -> Optional.of(fenceFirst ? open(state, which) : restore(state, which, Phase.OPEN));
            case OPEN -> Optional.of(fenceFirst ? restore(state, which, Phase.RESTORED) : open(state, which));
            case RESTORED -> state.source() > own.watermark() ? Optional.of(send(state, which)) : Optional.empty();
            case SENT -> Optional.of(commit(state, which));
            case ROWS_COMMITTED -> Optional.of(commitWatermark(state, which));
        };
    }

    private Step<State> open(State state, int which) {
        Extractor own = state.extractor(which);
        int epoch = state.epoch() + 1;
        Phase next = guards.contains(Guard.FENCE_BEFORE_RESTORE) ? Phase.OPEN : Phase.RESTORED;
        return new Step<>(
                "opens its producer",
                state.withEpoch(epoch).with(which, new Extractor(own.assignment(), next, epoch, own.watermark(), 0)));
    }

    private static Step<State> restore(State state, int which, Phase next) {
        Extractor own = state.extractor(which);
        return new Step<>(
                "reads the watermark",
                state.with(which, new Extractor(own.assignment(), next, own.epoch(), state.watermark(), 0)));
    }

    private boolean isFenced(State state, Extractor own) {
        return guards.contains(Guard.ID_OF_THE_PARTITION) && own.epoch() != state.epoch();
    }

    /** A producer that failed is opened anew, by whoever believes to be the owner. */
    private Step<State> fail(State state, int which) {
        Extractor own = state.extractor(which);
        int epoch = state.epoch() + 1;
        return guards.contains(Guard.RESTORE_AFTER_FAILURE)
                ? new Step<>("is fenced", state.with(which, own.at(Phase.IDLE)))
                : new Step<>(
                        "is fenced and goes on",
                        state.withEpoch(epoch)
                                .with(
                                        which,
                                        new Extractor(own.assignment(), Phase.RESTORED, epoch, own.watermark(), 0)));
    }

    private Step<State> send(State state, int which) {
        Extractor own = state.extractor(which);
        if (isFenced(state, own)) {
            return fail(state, which);
        }
        Extractor sent = new Extractor(own.assignment(), Phase.SENT, own.epoch(), own.watermark(), state.source());
        State next = state.with(which, sent);
        return new Step<>("sends", guards.contains(Guard.READ_COMMITTED) ? next : next.read(state.source()));
    }

    private Step<State> commit(State state, int which) {
        Extractor own = state.extractor(which);
        if (isFenced(state, own)) {
            return fail(state, which);
        }
        State read = guards.contains(Guard.READ_COMMITTED) ? state.read(own.sent()) : state;
        if (!guards.contains(Guard.ONE_TRANSACTION)) {
            return new Step<>("commits rows", read.with(which, own.at(Phase.ROWS_COMMITTED)));
        }
        Extractor done = new Extractor(own.assignment(), Phase.RESTORED, own.epoch(), own.sent(), 0);
        return new Step<>("commits", read.withWatermark(own.sent()).with(which, done));
    }

    private Step<State> commitWatermark(State state, int which) {
        Extractor own = state.extractor(which);
        if (isFenced(state, own)) {
            return fail(state, which);
        }
        Extractor done = new Extractor(own.assignment(), Phase.RESTORED, own.epoch(), own.sent(), 0);
        return new Step<>(
                "commits the watermark", state.withWatermark(own.sent()).with(which, done));
    }

    @Override
    public Optional<String> violation(State state) {
        if (!state.wrong().isEmpty()) {
            return Optional.of(state.wrong());
        }
        return state.watermark() > state.seen() ? Optional.of("lost: the watermark passed it") : Optional.empty();
    }

    @Override
    public boolean isGoal(State state) {
        return state.seen() == CHANGES && state.watermark() == CHANGES;
    }
}
