package io.syncline.common.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Two generations of a full refresh over two partitions: {@code Refreshes} with its staging tables, {@code GenerationMarks} and the
 * swap. The first partition's loader may stand still or die at any step and another take over; the second partition has its own.
 * Everything counts at once but the offset, which counts when the event is done.
 */
final class RefreshProtocol implements Model<RefreshProtocol.State> {

    /** What keeps generations whole; each is needed. */
    enum Guard {
        /** Only when every partition has ended is a generation swapped in. */
        ALL_PARTITIONS_ENDED,
        /** The staging table must hold as many rows as the end markers promise. */
        ROWS_COUNTED,
        /** Each generation has a staging table of its own. */
        STAGING_OF_ITS_OWN,
        /** Marks are noted while the fence's row is held. */
        MARKS_UNDER_THE_FENCE,
        /** A generation that begins or is swapped in drops the older ones that were never ended. */
        OLDER_DROPPED
    }

    /** What the topic holds. */
    enum Log {
        WHOLE("B1 R1 E1 B2 R2 E2", "B1 R1 E1 B2 R2 E2", 2),
        /** The extractor was killed, and began anew. */
        CUT_OFF("B1 R1 B2 R2 E2", "B1 B2 R2 E2", 2),
        /** Of the first generation only the later one's rows have left something. */
        COMPACTED("B1 E1 B2 R2 E2", "B1 R1 E1 B2 R2 E2", 2),
        /** A row is gone and no later generation has come yet. */
        ROW_MISSING("B1 R1 E1 B2 E2", "B1 R1 E1 B2 R2 E2", 1);

        private final String first;
        private final String second;
        private final int newestWhole;

        Log(String first, String second, int newestWhole) {
            this.first = first;
            this.second = second;
            this.newestWhole = newestWhole;
        }

        List<String> events(int partition) {
            return List.of((partition == 0 ? first : second).split(" "));
        }
    }

    private static final int NO_TABLE = -1;
    private static final int ALL_ROWS = 3;
    private static final String BEGUN = "begun";
    private static final String ENDED = "ended";
    private static final String NONE = "";

    /** A loader of one partition: the event that it is at and how far it is with it. */
    record Loader(int partition, boolean alive, int event, int step) {

        Loader to(int next) {
            return new Loader(partition, alive, event, next);
        }

        Loader behind() {
            return new Loader(partition, alive, event + 1, 0);
        }

        Loader dead() {
            return new Loader(partition, false, event, 0);
        }
    }

    /**
     * All there is.
     *
     * @param owner the loader whose epoch is the first partition's
     * @param holder the loader that holds the first partition's row of the fence, -1 for none
     * @param next the first event of each partition that is not applied
     * @param marks of each generation and partition
     * @param staging the rows in each generation's staging table, a bit for each partition
     * @param live the generation in the table
     * @param rows of it that are there
     */
    record State(
            int owner,
            int holder,
            List<Integer> next,
            List<String> marks,
            List<Integer> staging,
            int live,
            int rows,
            List<Loader> loaders) {

        State loader(int which, Loader loader) {
            return new State(owner, holder, next, marks, staging, live, rows, set(loaders, which, loader));
        }

        State holder(int which) {
            return new State(owner, which, next, marks, staging, live, rows, loaders);
        }

        State owner(int which) {
            return new State(which, holder, next, marks, staging, live, rows, loaders);
        }

        State next(int partition, int event) {
            return new State(owner, holder, set(next, partition, event), marks, staging, live, rows, loaders);
        }

        State mark(int generation, int partition, String mark) {
            List<String> noted = set(marks, index(generation, partition), mark);
            return new State(owner, holder, next, noted, staging, live, rows, loaders);
        }

        String mark(int generation, int partition) {
            return marks.get(index(generation, partition));
        }

        State staging(int generation, int table) {
            List<Integer> tables = set(staging, generation - 1, table);
            return new State(owner, holder, next, marks, tables, live, rows, loaders);
        }

        State swapped(int generation, int its) {
            return new State(owner, holder, next, marks, staging, generation, its, loaders);
        }

        private static int index(int generation, int partition) {
            return 2 * (generation - 1) + partition;
        }

        private static <T> List<T> set(List<T> list, int index, T value) {
            List<T> changed = new ArrayList<>(list);
            changed.set(index, value);
            return Collections.unmodifiableList(changed);
        }
    }

    private final Log log;
    private final Set<Guard> guards;

    RefreshProtocol(Log log, Set<Guard> removed) {
        this.log = log;
        this.guards = EnumSet.allOf(Guard.class);
        this.guards.removeAll(removed);
    }

    @Override
    public State start() {
        return new State(
                0,
                -1,
                List.of(0, 0),
                List.of(NONE, NONE, NONE, NONE),
                List.of(NO_TABLE, NO_TABLE),
                0,
                ALL_ROWS,
                List.of(new Loader(0, true, 0, 0), new Loader(1, true, 0, 0), new Loader(0, false, 0, 0)));
    }

    @Override
    public List<Step<State>> steps(State state) {
        List<Step<State>> steps = new ArrayList<>();
        Loader first = state.loaders().get(0);
        if (state.owner() == 0 && state.holder() < 0) {
            Loader successor = new Loader(0, true, state.next().get(0), 0);
            steps.add(new Step<>("another takes over", state.owner(2).loader(2, successor)));
        }
        if (first.alive()) {
            State killed = state.loader(0, first.dead());
            steps.add(new Step<>("the first is killed", killed.holder() == 0 ? killed.holder(-1) : killed));
        }
        for (int which = 0; which < 3; which++) {
            Loader loader = state.loaders().get(which);
            if (loader.alive() && loader.event() < events(loader).size()) {
                String event = events(loader).get(loader.event());
                steps.add(new Step<>("loader " + which + " at " + event, handle(state, which, event)));
            }
        }
        return steps;
    }

    private List<String> events(Loader loader) {
        return log.events(loader.partition());
    }

    private State handle(State state, int which, String event) {
        int generation = event.charAt(1) - '0';
        return switch (event.charAt(0)) {
            case 'B' -> begin(state, which, generation);
            case 'R' -> row(state, which, generation);
            default -> end(state, which, generation);
        };
    }

    private boolean isFenced(State state, int which) {
        return state.loaders().get(which).partition() == 0 && state.owner() != which;
    }

    private static State fenced(State state, int which) {
        return state.loader(which, state.loaders().get(which).dead());
    }

    /** Looks at the epoch and, where marks are noted under the fence, keeps its row. */
    private State enter(State state, int which, int nextStep) {
        if (isFenced(state, which)) {
            return fenced(state, which);
        }
        Loader loader = state.loaders().get(which);
        State entered = state.loader(which, loader.to(nextStep));
        boolean holds = loader.partition() == 0 && guards.contains(Guard.MARKS_UNDER_THE_FENCE);
        return holds ? entered.holder(which) : entered;
    }

    /** Moves the offset and lets go of everything. */
    private State leave(State state, int which) {
        if (isFenced(state, which)) {
            return fenced(state, which);
        }
        Loader loader = state.loaders().get(which);
        return letGo(state.next(loader.partition(), loader.event() + 1).loader(which, loader.behind()), which);
    }

    private static State letGo(State state, int which) {
        return state.holder() == which ? state.holder(-1) : state;
    }

    private State begin(State state, int which, int generation) {
        Loader loader = state.loaders().get(which);
        return switch (loader.step()) {
            case 0 -> enter(state, which, 1);
            case 1 -> {
                State noted = noteBegin(state, loader.partition(), generation).loader(which, loader.to(2));
                yield letGo(noted, which);
            }
            case 2 -> enter(state, which, 3);
            case 3 -> {
                int table = table(generation);
                State dropped = dropUnmarked(state, generation);
                State made = dropped.staging().get(table - 1) == NO_TABLE ? dropped.staging(table, 0) : dropped;
                yield made.loader(which, loader.to(4));
            }
            default -> leave(state, which);
        };
    }

    private State noteBegin(State state, int partition, int generation) {
        State noted = state.mark(generation, partition, BEGUN);
        return isSuperseded(state, partition, generation) ? forget(noted, generation - 1) : noted;
    }

    private boolean isSuperseded(State state, int partition, int generation) {
        return generation > 1
                && guards.contains(Guard.OLDER_DROPPED)
                && state.mark(generation - 1, partition).equals(BEGUN);
    }

    private State dropUnmarked(State state, int generation) {
        boolean isUnmarked = generation > 1
                && guards.contains(Guard.OLDER_DROPPED)
                && state.mark(generation - 1, 0).equals(NONE)
                && state.mark(generation - 1, 1).equals(NONE);
        return isUnmarked ? state.staging(generation - 1, NO_TABLE) : state;
    }

    private static State forget(State state, int generation) {
        return state.mark(generation, 0, NONE).mark(generation, 1, NONE);
    }

    private int table(int generation) {
        return guards.contains(Guard.STAGING_OF_ITS_OWN) ? generation : 1;
    }

    private State row(State state, int which, int generation) {
        Loader loader = state.loaders().get(which);
        int rows = state.staging().get(table(generation) - 1);
        if (isFenced(state, which)) {
            return fenced(state, which);
        }
        int bit = 1 << loader.partition();
        return leave(rows == NO_TABLE ? state : state.staging(table(generation), rows | bit), which);
    }

    private State end(State state, int which, int generation) {
        Loader loader = state.loaders().get(which);
        return switch (loader.step()) {
            case 0 -> enter(state, which, 1);
            case 1 -> {
                State noted = noteEnd(state, loader.partition(), generation).loader(which, loader.to(2));
                yield letGo(noted, which);
            }
            // the staging table's indexes are made here, and nothing is held
            case 2 -> isWhole(state, generation) ? state.loader(which, loader.to(3)) : leave(state, which);
            case 3 -> enter(state, which, 4);
            case 4 ->
                isWhole(state, generation)
                        ? replace(state, generation).loader(which, loader.to(5))
                        : leave(state, which);
            default -> leave(over(state, generation), which);
        };
    }

    private static State noteEnd(State state, int partition, int generation) {
        return state.mark(generation, partition).equals(NONE) ? state : state.mark(generation, partition, ENDED);
    }

    private boolean isWhole(State state, int generation) {
        boolean first = state.mark(generation, 0).equals(ENDED);
        boolean second = state.mark(generation, 1).equals(ENDED);
        return guards.contains(Guard.ALL_PARTITIONS_ENDED) ? first && second : first || second;
    }

    private State replace(State state, int generation) {
        int table = table(generation);
        int rows = state.staging().get(table - 1);
        if (rows == NO_TABLE) {
            return state;
        }
        State without = state.staging(table, NO_TABLE);
        return rows == ALL_ROWS || !guards.contains(Guard.ROWS_COUNTED) ? without.swapped(generation, rows) : without;
    }

    private State over(State state, int generation) {
        State over = forget(state, generation);
        return generation > 1 && guards.contains(Guard.OLDER_DROPPED)
                ? forget(over, generation - 1).staging(generation - 1, NO_TABLE)
                : over;
    }

    @Override
    public Optional<String> violation(State state) {
        if (state.rows() != ALL_ROWS) {
            return Optional.of("half a generation in the table");
        }
        boolean resting = state.next().get(0) == log.events(0).size()
                && state.next().get(1) == log.events(1).size()
                && state.holder() < 0;
        if (!resting) {
            return Optional.empty();
        }
        if (state.live() != log.newestWhole) {
            return Optional.of("stale: generation " + state.live() + " at the end");
        }
        boolean clean = state.marks().stream().allMatch(String::isEmpty)
                && state.staging().stream().allMatch(table -> table == NO_TABLE);
        return clean ? Optional.empty() : Optional.of("something is left");
    }

    @Override
    public boolean isGoal(State state) {
        return state.live() == log.newestWhole;
    }
}
