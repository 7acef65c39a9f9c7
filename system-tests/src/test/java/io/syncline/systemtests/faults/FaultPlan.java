package io.syncline.systemtests.faults;

import io.syncline.systemtests.faults.Fault.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Draws what goes wrong in each round; the same seed draws the same. */
final class FaultPlan {

    private static final List<Kind> OF_LINKS = List.of(Kind.DROP, Kind.DELAY, Kind.STALL, Kind.HALVE);
    private static final int FEWEST = 2;
    private static final int MOST = 4;
    private static final int LATEST_START = 3_000;
    /** Longer than any session or transaction of the test's services may be silent. */
    private static final int BEYOND_TIMEOUTS = 4_000;
    /** Long enough for others to have taken over, and to have written a good deal. */
    private static final int LONGER = 12_000;

    private final Random random;
    private final List<String> processes;
    private final List<String> links;

    FaultPlan(long seed, List<String> processes, List<String> links) {
        this.random = new Random(seed);
        this.processes = List.copyOf(processes);
        this.links = List.copyOf(links);
    }

    /** The next round's, no victim twice. */
    List<Fault> next() {
        List<String> victims = new ArrayList<>(processes);
        victims.addAll(links);
        Collections.shuffle(victims, random);
        List<Fault> faults = new ArrayList<>();
        int count = FEWEST + random.nextInt(MOST - FEWEST + 1);
        for (String victim : victims.subList(0, count)) {
            faults.add(fault(victim));
        }
        return faults;
    }

    private Fault fault(String victim) {
        int at = random.nextInt(LATEST_START);
        if (links.contains(victim)) {
            Kind kind = OF_LINKS.get(random.nextInt(OF_LINKS.size()));
            boolean isLong = random.nextInt(4) == 0;
            return new Fault(victim, kind, at, 500 + random.nextInt(BEYOND_TIMEOUTS) + (isLong ? LONGER : 0));
        }
        return random.nextBoolean()
                ? new Fault(victim, Kind.KILL, at, random.nextInt(2_000))
                : new Fault(victim, Kind.PAUSE, at, BEYOND_TIMEOUTS + random.nextInt(3_000));
    }
}
