package io.syncline.common.protocol;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Two loaders and one partition whose events are all versions of one row: the group's assignments, {@code PartitionFence} at the
 * target, and the offsets in Kafka. The group moves the partition as it likes, and may be made anew, which counts its generations
 * from one again and forgets its offsets.
 */
final class LoaderOwnership implements Model<LoaderOwnership.State> {

    /** What keeps the loaders apart; each is needed. */
    enum Guard {
        /** A batch's transaction looks at the fence's epoch… */
        EPOCH,
        /** …and holds the fence's row until it commits. */
        EPOCH_WITHIN_THE_TRANSACTION,
        /** Who was assigned the partition in an older generation does not raise the epoch. */
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
        FENCE_NOT_BEHIND
    }

    private static final int EVENTS = 2;
    private static final int ASSIGNMENTS = 4;

    /**
     * One loader's lane.
     *
     * @param assignment 0 for none
     * @param generation in which it was assigned
     * @param rival the epoch that was found to be another's, 0 for none
     * @param checked whether the epoch was looked at before the transaction
     */
    record Lane(
            int assignment,
            int generation,
            boolean replays,
            int epoch,
            int next,
            int rival,
            boolean confirmed,
            boolean checked) {

        static final Lane NONE = new Lane(0, 0, false, 0, 0, 0, false, false);

        Lane raised(int toEpoch, int start) {
            return new Lane(assignment, generation, false, toEpoch, start, 0, false, false);
        }

        Lane fenced() {
            return new Lane(assignment, generation, false, 0, next, rival, confirmed, false);
        }

        Lane met(int other) {
            return new Lane(assignment, generation, replays, 0, next, other, confirmed && rival == other, false);
        }

        Lane trusted() {
            return new Lane(assignment, generation, replays, epoch, next, rival, true, false);
        }

        Lane checkedEpoch() {
            return new Lane(assignment, generation, replays, epoch, next, rival, confirmed, true);
        }

        Lane withEpochs(List<Integer> epochs) {
            return new Lane(
                    assignment,
                    generation,
                    replays,
                    epochs.indexOf(epoch),
                    next,
                    epochs.indexOf(rival),
                    confirmed,
                    checked);
        }

        Lane applied() {
            return new Lane(assignment, generation, replays, epoch, next + 1, rival, confirmed, false);
        }
    }

    /** The group: who has the partition since which assignment, and the offset, -1 for none. */
    record Group(int owner, int assignment, int generation, int offset, boolean anew) {}

    record Fence(int epoch, int generation, int next) {}

    /**
     * All there is.
     *
     * @param version of the row at the target
     * @param newest that it ever had, but for replays that were asked for
     */
    record State(Group group, Fence fence, int version, int newest, Lane first, Lane second) {

        Lane lane(int loader) {
            return loader == 0 ? first : second;
        }

        State with(int loader, Lane lane) {
            return loader == 0
                    ? new State(group, fence, version, newest, lane, second)
                    : new State(group, fence, version, newest, first, lane);
        }

        State with(Group other) {
            return new State(other, fence, version, newest, first, second);
        }

        State with(Fence other) {
            return new State(group, other, version, newest, first, second);
        }

        State written(int other) {
            return new State(group, fence, other, Math.max(newest, other), first, second);
        }

        State replayed() {
            return new State(group, fence, version, 0, first, second);
        }

        /** Epochs are compared with each other alone, so small ones do, and there are no end of states otherwise. */
        State withSmallEpochs() {
            List<Integer> epochs = IntStream.of(
                            0, fence.epoch(), first.epoch(), first.rival(), second.epoch(), second.rival())
                    .sorted()
                    .distinct()
                    .boxed()
                    .toList();
            Fence small = new Fence(epochs.indexOf(fence.epoch()), fence.generation(), fence.next());
            return new State(group, small, version, newest, first.withEpochs(epochs), second.withEpochs(epochs));
        }
    }

    private final Set<Guard> guards;

    LoaderOwnership(Set<Guard> removed) {
        this.guards = EnumSet.allOf(Guard.class);
        this.guards.removeAll(removed);
    }

    @Override
    public State start() {
        return new State(new Group(0, 1, 1, 0, false), new Fence(0, 0, 0), 0, 0, Lane.NONE, Lane.NONE);
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
            if (!group.anew()) {
                next.add(state.with(new Group(loader, assignment, 1, -1, true)));
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
                    loader, new Lane(group.assignment(), group.generation(), replays, 0, start, 0, false, false)));
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
        if ((belongsToLater || behind) && !mayAllTheSame(lane, fence)) {
            return Optional.of(state.with(loader, lane.met(fence.epoch())));
        }
        int applied = guards.contains(Guard.SKIP_APPLIED) && !lane.replays() ? fence.next() : 0;
        int start = Math.max(lane.next(), applied);
        State raised = state.with(new Fence(fence.epoch() + 1, lane.generation(), start))
                .with(loader, lane.raised(fence.epoch() + 1, start));
        return Optional.of(lane.replays() ? raised.replayed() : raised);
    }

    private boolean mayAllTheSame(Lane lane, Fence fence) {
        boolean confirmed = lane.confirmed() || !guards.contains(Guard.CONFIRMATION);
        boolean sameRival = lane.rival() == fence.epoch() || !guards.contains(Guard.SAME_RIVAL);
        return guards.contains(Guard.WAY_BACK) && lane.rival() != 0 && confirmed && sameRival;
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
        if (lane.epoch() == 0 || lane.next() == EVENTS) {
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
        Fence moved = new Fence(fence.epoch(), fence.generation(), Math.max(fence.next(), lane.next() + 1));
        return Optional.of(state.with(moved).with(loader, lane.applied()).written(lane.next() + 1));
    }

    private Optional<State> commit(State state, int loader) {
        Lane lane = state.lane(loader);
        Group group = state.group();
        boolean early = !guards.contains(Guard.OFFSETS_LAST) && lane.next() < EVENTS;
        int reached = early ? lane.next() + 1 : lane.next();
        return isMember(state, loader) && lane.epoch() != 0 && reached > group.offset()
                ? Optional.of(state.with(
                        new Group(group.owner(), group.assignment(), group.generation(), reached, group.anew())))
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
        return Optional.empty();
    }

    @Override
    public boolean isGoal(State state) {
        return state.version() == EVENTS && state.group().offset() == EVENTS;
    }
}
