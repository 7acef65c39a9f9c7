package io.syncline.common.protocol;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Two loaders and one partition whose events are all versions of one row: the group's assignments, {@code PartitionFence} at the
 * target, and the offsets in Kafka, of which there are none at first. The group moves the partition as it likes, also to the next
 * process of a static member, whose generation is the former one's. Once its offsets are set by hand, or it is made anew, which counts
 * its generations from one again and forgets its offsets. A crash is a lane that is given up for that of a new assignment.
 */
final class LoaderOwnership implements Model<LoaderOwnership.State> {

    /** What keeps the loaders apart; each is needed. */
    enum Guard {
        /** A batch's transaction looks at the fence's epoch… */
        EPOCH,
        /** …and holds the fence's row until it commits. */
        EPOCH_WITHIN_THE_TRANSACTION,
        /** Who was assigned the partition in an older generation does not raise the epoch, or it disturbs who has it now. */
        GENERATION,
        /** Unless the group confirms the assignment after the other's epoch was seen… */
        CONFIRMATION,
        /** …and that epoch is still the one there is. */
        SAME_RIVAL,
        /** And with these it does: a group that was made anew counts from one. */
        WAY_BACK,
        /** Offsets are committed behind the target's transaction. */
        OFFSETS_LAST,
        /** Events that the fence shows as applied are not applied again… */
        SKIP_APPLIED,
        /** …and who comes with an offset that the fence has not reached does not raise the epoch unconfirmed. */
        FENCE_NOT_BEHIND,
        /** …nor does who is to apply events again, and would set the fence back. */
        CONFIRMED_REPLAY,
        /** Who is to apply events again waits with the first batch until Kafka has the offset to begin with. */
        OFFSET_FIRST
    }

    private static final int EVENTS = 2;
    private static final int ASSIGNMENTS = 4;

    /**
     * One loader's lane.
     *
     * @param assignment 0 for none
     * @param generation in which it was assigned
     * @param replays whether there was no offset of a loader's, so that events are applied again from the first one
     * @param rival the epoch that was found to be another's, 0 for none
     * @param checked whether the epoch was looked at before the transaction
     * @param noted whether Kafka has an offset of a loader's to begin with
     */
    record Lane(
            int assignment,
            int generation,
            boolean replays,
            int epoch,
            int next,
            int rival,
            boolean confirmed,
            boolean checked,
            boolean noted) {

        static final Lane NONE = new Lane(0, 0, false, 0, 0, 0, false, false, false);

        Lane raised(int toEpoch, int start) {
            return new Lane(assignment, generation, false, toEpoch, start, 0, false, false, noted);
        }

        Lane fenced() {
            return new Lane(assignment, generation, false, 0, next, rival, confirmed, false, noted);
        }

        Lane met(int other) {
            return new Lane(assignment, generation, replays, 0, next, other, confirmed && rival == other, false, noted);
        }

        Lane trusted() {
            return new Lane(assignment, generation, replays, epoch, next, rival, true, false, noted);
        }

        Lane withOffset() {
            return new Lane(assignment, generation, replays, epoch, next, rival, confirmed, checked, true);
        }

        Lane checkedEpoch() {
            return new Lane(assignment, generation, replays, epoch, next, rival, confirmed, true, noted);
        }

        Lane withEpochs(int ofIts, int ofRival) {
            return new Lane(assignment, generation, replays, ofIts, next, ofRival, confirmed, checked, noted);
        }

        Lane applied() {
            return new Lane(assignment, generation, replays, epoch, next + 1, rival, confirmed, false, noted);
        }
    }

    /**
     * The group: who has the partition since which assignment, and a loader's offset, -1 for none.
     *
     * @param anew whether it was made anew, or its offset was set by hand, which carries no topic id and counts as none here
     */
    record Group(int owner, int assignment, int generation, int offset, boolean anew) {}

    /** @param taken from the group's choice, by one whom the group had chosen before */
    record Fence(int epoch, int generation, int next, boolean taken) {}

    /** Whether someone wants events to be applied again, by taking the group's offsets away. */
    enum Replay {
        NOT_ASKED_FOR,
        ASKED_FOR,
        /** A loader has taken the partition over for it, and nothing is applied yet. */
        BEGUN
    }

    /**
     * All there is.
     *
     * @param version of the row at the target
     * @param newest that it ever had, but for replays that were asked for
     */
    record State(Group group, Fence fence, int version, int newest, Replay replay, Lane first, Lane second) {

        Lane lane(int loader) {
            return loader == 0 ? first : second;
        }

        State with(int loader, Lane lane) {
            return loader == 0
                    ? new State(group, fence, version, newest, replay, lane, second)
                    : new State(group, fence, version, newest, replay, first, lane);
        }

        State with(Group other) {
            return new State(other, fence, version, newest, replay, first, second);
        }

        State with(Fence other) {
            return new State(group, other, version, newest, replay, first, second);
        }

        State written(int other) {
            return new State(group, fence, other, Math.max(newest, other), replay, first, second);
        }

        /** Whoever applies the events again from now on does so unasked. */
        State underWay() {
            Replay left = replay == Replay.BEGUN ? Replay.NOT_ASKED_FOR : replay;
            return new State(group, fence, version, newest, left, first, second);
        }

        State replayAskedFor() {
            return new State(group, fence, version, newest, Replay.ASKED_FOR, first, second);
        }

        State replayed() {
            return replay == Replay.NOT_ASKED_FOR
                    ? this
                    : new State(group, fence, version, 0, Replay.BEGUN, first, second);
        }

        /** An epoch is none, a former one or the fence's: no more is ever asked, and there are no end of states otherwise. */
        State withSmallEpochs() {
            Fence small = new Fence(small(fence.epoch()), fence.generation(), fence.next(), fence.taken());
            return new State(group, small, version, newest, replay, withSmallEpochs(first), withSmallEpochs(second));
        }

        private Lane withSmallEpochs(Lane lane) {
            return lane.withEpochs(small(lane.epoch()), small(lane.rival()));
        }

        private int small(int epoch) {
            return epoch == 0 ? 0 : epoch == fence.epoch() ? 2 : 1;
        }
    }

    private final Set<Guard> guards;

    LoaderOwnership(Set<Guard> removed) {
        this.guards = EnumSet.allOf(Guard.class);
        this.guards.removeAll(removed);
    }

    @Override
    public State start() {
        return new State(
                new Group(0, 1, 1, -1, false),
                new Fence(0, 0, 0, false),
                0,
                0,
                Replay.NOT_ASKED_FOR,
                Lane.NONE,
                Lane.NONE);
    }

    @Override
    public List<Step<State>> steps(State state) {
        List<Step<State>> steps = new ArrayList<>();
        for (int loader = 0; loader < 2; loader++) {
            String who = loader == 0 ? "first " : "second ";
            learn(state, loader).ifPresent(next -> steps.add(new Step<>(who + "learns", next)));
            Lane lane = state.lane(loader);
            if (lane.assignment() != 0) {
                takeOver(state, loader).ifPresent(next -> steps.add(new Step<>(who + "takes over", next)));
                confirm(state, loader).ifPresent(next -> steps.add(new Step<>(who + "is confirmed", next)));
                apply(state, loader).ifPresent(next -> steps.add(new Step<>(who + "applies", next)));
                commit(state, loader).ifPresent(next -> steps.add(new Step<>(who + "commits its offset", next)));
            }
            assign(state, loader).forEach(next -> steps.add(new Step<>("the group chooses " + who, next)));
        }
        return steps.stream()
                .map(step -> new Step<>(step.name(), step.next().withSmallEpochs()))
                .toList();
    }

    private static List<State> assign(State state, int loader) {
        Group group = state.group();
        List<State> next = new ArrayList<>();
        if (group.assignment() < ASSIGNMENTS) {
            int assignment = group.assignment() + 1;
            next.add(state.with(new Group(loader, assignment, group.generation() + 1, group.offset(), group.anew())));
            // a static member's next process
            next.add(state.with(new Group(loader, assignment, group.generation(), group.offset(), group.anew())));
            if (!group.anew()) {
                // offsets set by hand, without a topic's id
                next.add(state.with(new Group(loader, assignment, group.generation() + 1, -1, true))
                        .replayAskedFor());
                next.add(state.with(new Group(loader, assignment, 1, -1, true)).replayAskedFor());
            }
        }
        return next;
    }

    /** A loader hears of its assignment or of its loss whenever it gets to ask. */
    private static Optional<State> learn(State state, int loader) {
        Group group = state.group();
        Lane lane = state.lane(loader);
        if (group.owner() == loader && lane.assignment() != group.assignment()) {
            boolean replays = group.offset() < 0;
            int start = Math.max(0, group.offset());
            return Optional.of(state.with(
                    loader,
                    new Lane(group.assignment(), group.generation(), replays, 0, start, 0, false, false, !replays)));
        }
        return group.owner() != loader && lane.assignment() != 0
                ? Optional.of(state.with(loader, Lane.NONE))
                : Optional.empty();
    }

    private Optional<State> takeOver(State state, int loader) {
        Lane lane = state.lane(loader);
        Fence fence = state.fence();
        if (lane.epoch() != 0) {
            return Optional.empty();
        }
        boolean belongsToLater = guards.contains(Guard.GENERATION) && fence.generation() > lane.generation();
        boolean behind = guards.contains(Guard.FENCE_NOT_BEHIND)
                && fence.epoch() > 0
                && !lane.replays()
                && lane.next() > fence.next();
        boolean setsBack = guards.contains(Guard.CONFIRMED_REPLAY) && fence.epoch() > 0 && lane.replays();
        if ((belongsToLater || behind || setsBack) && !mayAllTheSame(lane, fence)) {
            return Optional.of(state.with(loader, lane.met(fence.epoch())));
        }
        int applied = guards.contains(Guard.SKIP_APPLIED) && !lane.replays() ? fence.next() : 0;
        int start = Math.max(lane.next(), applied);
        State raised = state.with(new Fence(fence.epoch() + 1, lane.generation(), start, isAway(state, loader)))
                .with(loader, lane.raised(fence.epoch() + 1, start));
        return Optional.of(lane.replays() ? raised.replayed() : raised);
    }

    private boolean mayAllTheSame(Lane lane, Fence fence) {
        boolean confirmed = lane.confirmed() || !guards.contains(Guard.CONFIRMATION);
        boolean sameRival = lane.rival() == fence.epoch() || !guards.contains(Guard.SAME_RIVAL);
        return guards.contains(Guard.WAY_BACK) && lane.rival() != 0 && confirmed && sameRival;
    }

    /** Whether the other one is at work as the group wants it, in a later generation than this one knows. */
    private static boolean isAway(State state, int loader) {
        Lane other = state.lane(1 - loader);
        return isMember(state, 1 - loader)
                && other.epoch() != 0
                && other.epoch() == state.fence().epoch()
                && other.generation() > state.lane(loader).generation();
    }

    private static boolean isMember(State state, int loader) {
        return state.group().owner() == loader
                && state.group().assignment() == state.lane(loader).assignment();
    }

    private static Optional<State> confirm(State state, int loader) {
        Lane lane = state.lane(loader);
        return isMember(state, loader) && lane.rival() != 0 && !lane.confirmed()
                ? Optional.of(state.with(loader, lane.trusted()))
                : Optional.empty();
    }

    private Optional<State> apply(State state, int loader) {
        Lane lane = state.lane(loader);
        boolean waits = guards.contains(Guard.OFFSET_FIRST) && !lane.noted();
        if (lane.epoch() == 0 || waits || lane.next() == EVENTS) {
            return Optional.empty();
        }
        boolean current = state.fence().epoch() == lane.epoch();
        boolean allowed = current || lane.checked() || !guards.contains(Guard.EPOCH);
        if (!allowed) {
            return Optional.of(state.with(loader, lane.fenced()));
        }
        if (!guards.contains(Guard.EPOCH_WITHIN_THE_TRANSACTION) && !lane.checked()) {
            return Optional.of(state.with(loader, lane.checkedEpoch()));
        }
        Fence fence = state.fence();
        Fence moved =
                new Fence(fence.epoch(), fence.generation(), Math.max(fence.next(), lane.next() + 1), fence.taken());
        State written = state.with(moved).with(loader, lane.applied()).written(lane.next() + 1);
        return Optional.of(lane.noted() ? written : written.underWay());
    }

    private Optional<State> commit(State state, int loader) {
        Lane lane = state.lane(loader);
        Group group = state.group();
        boolean early = !guards.contains(Guard.OFFSETS_LAST) && lane.next() < EVENTS;
        int reached = early ? lane.next() + 1 : lane.next();
        return isMember(state, loader) && lane.epoch() != 0 && reached > group.offset()
                ? Optional.of(state.with(
                                new Group(group.owner(), group.assignment(), group.generation(), reached, group.anew()))
                        .with(loader, lane.withOffset())
                        .underWay())
                : Optional.empty();
    }

    @Override
    public Optional<String> violation(State state) {
        if (state.version() < state.group().offset()) {
            return Optional.of("lost: Kafka takes more as applied than the target has");
        }
        if (state.version() < state.newest()) {
            return Optional.of("stale: the row went back");
        }
        if (state.fence().taken()) {
            return Optional.of(
                    "taken: who was away and the group's choice can take the partition from each other for ever");
        }
        return Optional.empty();
    }

    @Override
    public boolean isGoal(State state) {
        return state.version() == EVENTS && state.group().offset() == EVENTS;
    }
}
